"""What one call of a program works in: scratch for a tile of rows, used again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.engines.numpy.blocks import BLOCK
from nnspec.plan import INPUT, RESULT

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nnspec.plan import Plan

_CACHE = 1 << 19
"""Bytes of the widest scratch of a tile: it should still be in the second cache when it is read."""
_TALLEST = 512
LANES = 16
"""Columns are filled up to a multiple of this: OpenBLAS is slower at what sticks out."""


def lanes(columns: int) -> int:
    """Give how many columns the scratch for so many has.

    Examples:
        >>> lanes(50)
        64
    """
    return -(-columns // LANES) * LANES


def height(plan: Plan) -> int:
    """Choose the rows of a tile: a number of whole blocks."""
    row = lanes(max(plan.slots[RESULT:])) * np.dtype(plan.dtype).itemsize
    return max(1, min(_TALLEST, _CACHE // row) // BLOCK) * BLOCK


class Buffers:
    """Scratch for up to `height(plan)` rows.

    Attributes:
        input: a block, for few rows and for those at the end.
        few: by their number, where they go, what to call, and where the outputs are.
        kept: what to call for a step, by its index, and so many rows elsewhere.
    """

    def __init__(self, plan: Plan, room: int) -> None:
        tall = height(plan)
        self.input = np.zeros((BLOCK, plan.inputs), plan.dtype)
        self._room = np.empty(tall * room, plan.dtype)
        self._outputs = plan.outputs
        self._slots = [np.zeros(tall * lanes(width), plan.dtype) for width in plan.slots[RESULT:]]
        self.few: dict[int, tuple[NDArray[Any], list[Callable[[], Any]], NDArray[Any]]] = {}
        self.kept: dict[tuple[int, int], list[Callable[[], Any]]] = {}

    def place(self, part: tuple[int, int], x: NDArray[Any]) -> NDArray[Any]:
        """Give a value its place, for as many rows as x has; scratch has `lanes` columns."""
        slot, size = part
        if slot == INPUT:
            return x
        rows, columns = len(x), lanes(size)
        return self._slots[slot - RESULT][: rows * columns].reshape(rows, columns)

    def result(self, rows: int) -> NDArray[Any]:
        """Give the outputs of so many rows, where they were computed."""
        columns = lanes(self._outputs)
        return self._slots[0][: rows * columns].reshape(rows, columns)[:, : self._outputs]

    def room(self, rows: int, columns: int) -> NDArray[Any]:
        """Give scratch for a product."""
        return self._room[: rows * columns].reshape(rows, columns)
