"""x @ weight + bias, in the blocks that give every row the same bits, and fast."""

from __future__ import annotations

import threading
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.engines.numpy.blocks import BLOCK, FEW, blocks, multiply, patternless

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_LANES = 16
"""Columns are filled up to a multiple of this: OpenBLAS is slower at what sticks out."""
_SMALL = 1_000_000
"""Up to so many multiplications OpenBLAS takes the operands where they lie; it copies them into an
order of its own before a larger product, which costs more than it gains for a few rows."""
_NARROW = 32
"""Parts of fewer columns than this would cost more calls than they save copies."""

Calls = list["Callable[[], Any]"]


class Product:
    """A weight in parts of some columns, each small enough to be multiplied where it lies.

    Attributes:
        blocks: the numbers of rows that may be multiplied at once, and all multiples of the last.
        room: columns of scratch that it needs, 0 for none.
        size: multiplications of the largest part for one row.
    """

    def __init__(self, weight: NDArray[Any], bias: NDArray[Any] | None, height: int) -> None:
        depth, self._columns = weight.shape
        wide = -(-self._columns // _LANES) * _LANES
        self.room = wide if wide != self._columns else 0
        padded = np.zeros((depth, wide), weight.dtype)
        padded[:, : self._columns] = weight
        part = _part(depth, wide)
        self._parts = [
            np.ascontiguousarray(padded[:, start : start + part]) for start in range(0, wide, part)
        ]
        self._starts = range(0, wide, part)
        self.size = depth * part
        self._found = [blocks(depth, one.shape[1], weight.dtype.name) for one in self._parts]
        self.blocks = tuple(
            rows
            for rows in (*FEW, BLOCK)
            if all(rows in some or rows % some[-1] == 0 for some in self._found)
        )
        self._weight, self._bias, self._height = padded, bias, height
        self._whole: bool | None = None
        self._lock = threading.Lock()

    def calls(
        self, x: NDArray[Any], out: NDArray[Any], room: Callable[[int, int], NDArray[Any]]
    ) -> Calls:
        """List what to call to compute x @ weight + bias into `out`, for a block or several.

        `room(rows, columns)` gives scratch.
        """
        rows = len(x)
        target = room(rows, self.room) if self.room else out
        whole = rows == self._height and self._is_better_whole()
        calls = self._at_once(x, target) if whole else self._by_parts(x, target)
        real = target[:, : self._columns]
        if self._bias is not None:
            calls.append(partial(np.add, real, self._bias, out))
        elif self.room:
            calls.append(partial(np.copyto, out, real))
        return calls

    def _at_once(self, x: NDArray[Any], target: NDArray[Any]) -> Calls:
        return [partial(np.matmul, x, self._weight, out=target)]

    def _by_parts(self, x: NDArray[Any], target: NDArray[Any]) -> Calls:
        rows = len(x)
        return [
            partial(
                multiply,
                x,
                part,
                rows if rows in some else some[-1],
                target[:, start : start + part.shape[1]],
            )
            for start, part, some in zip(self._starts, self._parts, self._found, strict=True)
        ]

    def _is_better_whole(self) -> bool:
        """Tell whether one product of all rows of a tile has the same bits, and takes less time."""
        with self._lock:
            if self._whole is None:
                depth, wide = self._weight.shape
                x = patternless(1, (self._height, depth), self._weight.dtype.name)
                y, z = (np.empty((self._height, wide), self._weight.dtype) for _ in range(2))
                parts, whole = _seconds(self._by_parts(x, y)), _seconds(self._at_once(x, z))
                self._whole = whole < parts and np.array_equal(y, z)
            return self._whole


def _seconds(calls: Calls) -> float:
    """Time some calls, the fastest of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        for call in calls:
            call()
        times.append(time.perf_counter() - start)
    return min(times)


def _part(depth: int, wide: int) -> int:
    """Choose how many columns a part has: about the same number in each."""
    most = _SMALL // (BLOCK * depth) // _LANES * _LANES
    if most >= wide or most < _NARROW:
        return wide
    parts = -(-wide // most)
    return -(-wide // (parts * _LANES)) * _LANES
