"""x @ weight + bias, in the blocks that give every row the same bits, and fast."""

from __future__ import annotations

import threading
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.engines.numpy.blocks import BLOCK, FEW, blocks, patternless
from nnspec.engines.numpy.buffers import LANES, lanes

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_SMALL = 1_000_000
"""Up to so many multiplications OpenBLAS takes the operands where they lie; it copies them into an
order of its own before a larger product, which costs more than it gains for a few rows."""

Calls = list["Callable[[], Any]"]


class Product:
    """A weight in parts of some columns, each small enough to be multiplied where it lies.

    One call of NumPy multiplies all blocks of rows by all parts.

    Attributes:
        blocks: the numbers of rows that may be multiplied at once, and all multiples of the last.
        wide: columns of the parts together, filled up with zeros.
        size: multiplications of a part for one row.
    """

    def __init__(self, weight: NDArray[Any], bias: NDArray[Any] | None, height: int) -> None:
        depth, self._columns = weight.shape
        part = _part(depth, lanes(self._columns))
        self._parts = -(-self._columns // part)
        self.wide = self._parts * part
        self.size = depth * part
        self._weight = _filled(weight, self.wide)
        self._stack = np.ascontiguousarray(
            self._weight.reshape(depth, self._parts, part).transpose(1, 0, 2)
        )
        self._bias = None if bias is None else _filled(bias, self.wide)
        self._height = height
        self._found = blocks(depth, part, weight.dtype.name)
        self.blocks = tuple(
            rows for rows in (*FEW, BLOCK) if rows in self._found or rows % self._found[-1] == 0
        )
        self._better_whole: bool | None = None
        self._lock = threading.Lock()

    def calls(
        self,
        inputs: list[NDArray[Any]],
        out: NDArray[Any],
        rows: int,
        room: Callable[[int, int], NDArray[Any]],
    ) -> Calls:
        """List what to call to compute x @ weight + bias into `out`, for a block or several.

        Only the first rows count, but all are multiplied. `room(rows, columns)` gives scratch.
        """
        x = inputs[0][:, : self._weight.shape[0]]
        target = out if out.shape[1] == self.wide else room(len(x), self.wide)
        whole = len(x) == self._height and self._is_better_whole()
        calls: Calls = [self._at_once(x, target) if whole else self._by_parts(x, target)]
        if target is out:
            target = out = out[:rows]
        else:
            target, out = target[:rows, : self._columns], out[:rows, : self._columns]
        if self._bias is not None:
            bias = self._bias[: out.shape[1]]
            if rows <= BLOCK:  # adding what has one shape already takes a third of the time
                bias = np.tile(bias, (rows, 1))
            calls.append(partial(np.add, target, bias, out))
        elif target is not out:
            calls.append(partial(np.copyto, out, target))
        return calls

    def _at_once(self, x: NDArray[Any], target: NDArray[Any]) -> Callable[[], Any]:
        return partial(np.matmul, x, self._weight, out=target)

    def _by_parts(self, x: NDArray[Any], target: NDArray[Any]) -> Callable[[], Any]:
        rows, depth = x.shape
        block = rows if rows in self._found else self._found[-1]
        if rows == block > 1 and self._parts == 1:
            return partial(np.dot, x, self._weight, target)  # half a microsecond before np.matmul
        x = x.reshape(rows // block, 1, block, depth)
        target = target.reshape(rows // block, block, self._parts, -1).transpose(0, 2, 1, 3)
        return partial(np.matmul, x, self._stack, out=target)

    def _is_better_whole(self) -> bool:
        """Tell whether one product of all rows of a tile has the same bits, and takes less time."""
        with self._lock:
            if self._better_whole is None:
                x = patternless(1, (self._height, len(self._weight)), self._weight.dtype.name)
                y, z = (np.empty((self._height, self.wide), x.dtype) for _ in range(2))
                parts, whole = _seconds(self._by_parts(x, y)), _seconds(self._at_once(x, z))
                self._better_whole = whole < parts and np.array_equal(y, z)
            return self._better_whole


def _seconds(call: Callable[[], Any]) -> float:
    """Time a call, the fastest of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def _part(depth: int, wide: int) -> int:
    """Choose how many columns a part has: those that are left over are few.

    All columns, where parts would be so narrow that a call of the BLAS costs more than it saves.
    """
    most = _SMALL // (BLOCK * depth) // LANES * LANES
    if most >= wide or most < 2 * LANES:
        return wide
    return min(range(most, LANES, -LANES), key=lambda part: -(-wide // part) * part)


def _filled(array: NDArray[Any], columns: int) -> NDArray[Any]:
    """Fill an array up with zeros to so many columns: OpenBLAS is slower at what sticks out."""
    filled = np.zeros((*array.shape[:-1], columns), array.dtype)
    filled[..., : array.shape[-1]] = array
    return filled
