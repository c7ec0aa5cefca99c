"""What one call of a program works in: scratch for a tile of rows, used again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.engines.numpy.blocks import BLOCK
from nnspec.plan import INPUT, RESULT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from nnspec.plan import Plan

Views = dict[tuple[int, int], Any]
"""(slot, features) → rows × features of that slot, C-contiguous."""

_CACHE = 1 << 19
"""Bytes of the widest value of a tile: it should still be in the second cache when it is read."""
_TALLEST = 512


def height(plan: Plan) -> int:
    """Choose the rows of a tile: a number of whole blocks."""
    row = max(plan.slots) * np.dtype(plan.dtype).itemsize
    return max(1, min(_TALLEST, _CACHE // row) // BLOCK) * BLOCK


class Buffers:
    """Scratch for up to `height(plan)` rows.

    Attributes:
        input, result: one block of each, for the rows at the end.
    """

    def __init__(self, plan: Plan) -> None:
        tall = height(plan)
        self.input = np.zeros((BLOCK, plan.inputs), plan.dtype)
        self.result = np.empty((BLOCK, plan.outputs), plan.dtype)
        self._flat = [np.empty(tall * width, plan.dtype) for width in plan.slots[RESULT + 1 :]]
        self._parts = {
            part
            for step in plan.steps
            for part in (*step.inputs, step.output)
            if part[0] not in {INPUT, RESULT}
        }
        self._views: dict[int, Views] = {}

    def views(self, rows: int) -> Mapping[tuple[int, int], NDArray[Any]]:
        """Give every scratch value its place, for so many rows."""
        if rows not in self._views:
            self._views[rows] = {
                (slot, size): self._flat[slot - RESULT - 1][: rows * size].reshape(rows, size)
                for slot, size in self._parts
            }
        return self._views[rows]
