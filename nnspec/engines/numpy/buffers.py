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
"""Bytes of the widest value of a tile: it should still be in the second cache when it is read."""
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
    row = max(plan.slots) * np.dtype(plan.dtype).itemsize
    return max(1, min(_TALLEST, _CACHE // row) // BLOCK) * BLOCK


class Buffers:
    """Scratch for up to `height(plan)` rows.

    Attributes:
        input, result: one block of each, for few rows and for those at the end.
        calls: what to call for so many rows, by the steps that have their place in here.
    """

    def __init__(self, plan: Plan, room: int) -> None:
        tall = height(plan)
        self.input = np.zeros((BLOCK, plan.inputs), plan.dtype)
        self.result = np.empty((BLOCK, plan.outputs), plan.dtype)
        self._room = np.empty(tall * room, plan.dtype)
        self._flat = [
            np.empty(tall * lanes(width), plan.dtype) for width in plan.slots[RESULT + 1 :]
        ]
        self.few: dict[int, list[Callable[[], Any]]] = {}
        self.kept: dict[tuple[int, int], list[Callable[[], Any]]] = {}

    def place(self, part: tuple[int, int], x: NDArray[Any], y: NDArray[Any]) -> NDArray[Any]:
        """Give a value its place, for as many rows as x has; scratch has `lanes` columns."""
        slot, size = part
        if slot == INPUT:
            return x
        if slot == RESULT:
            return y
        rows, columns = len(x), lanes(size)
        return self._flat[slot - RESULT - 1][: rows * columns].reshape(rows, columns)

    def room(self, rows: int, columns: int) -> NDArray[Any]:
        """Give scratch for a product."""
        return self._room[: rows * columns].reshape(rows, columns)
