"""A plan as one call of machine code for each core."""

from __future__ import annotations

import ctypes
from collections import deque
from contextlib import suppress
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.engines.numba.address import address
from nnspec.engines.numba.assemble import address as code
from nnspec.engines.numba.assemble import prepare
from nnspec.engines.numba.crew import crew
from nnspec.engines.numba.functions import function, recipe
from nnspec.engines.numba.machine import machine
from nnspec.engines.numba.packing import aligned
from nnspec.engines.numba.recipe import Recipe
from nnspec.engines.numba.table import Table
from nnspec.engines.numba.unsupported import Unsupported
from nnspec.engines.numpy.threads import cores
from nnspec.ops.activate import ACTIVATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.plan import Plan

_WORTH = 900_000
"""Operations below which telling another thread takes longer than it saves."""
_ROW = 3
"""A call takes as long as if it had so many rows more: the weights are read once, however few."""
_WIDE = 250_000
"""Operations for a row up to which weights are read faster than threads wait for each other."""
_FEW = 4
"""Up to so many times the rows of the largest micro-kernel, blocks are cut more finely than that:
what is saved is more than the smaller kernels cost."""
_RUN = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_int64] * 9)


def recipes(plan: Plan) -> list[Recipe]:
    """List all machine code that a plan takes."""
    dtype = np.dtype(plan.dtype)
    found = [Recipe("run", dtype.itemsize), Recipe("lead"), Recipe("serve")]
    for step in plan.steps:
        with suppress(Unsupported):
            if step.op is ACTIVATE:
                found.append(recipe(step, dtype))
    return found


class Compiled:
    """Rows through machine code, in blocks or, where they are few, line by line on all threads.

    Each sum runs over the inputs in one order, and no function sees more than its own number or
    row, so that a row has the same bits whatever the block, its place and the threads.

    Attributes:
        through_numpy: the steps that have no machine code, and why.

    Raises:
        Unsupported: there is no machine code for this processor or this system.
    """

    def __init__(self, plan: Plan) -> None:
        self._outputs, self._flops = plan.outputs, plan.flops
        self._dtype = np.dtype(plan.dtype)
        prepare(recipes(plan))
        self._table = Table(plan, machine(), cores(), partial(function, dtype=self._dtype))
        self.through_numpy = self._table.through_numpy
        self._lines = self._table.lines.ctypes.data
        self._step = machine().rows[0]
        size = self._dtype.itemsize
        self._at = code(Recipe("run", size))
        self._run = _RUN(self._at)
        self._pool: deque[_Scratch] = deque()

    def __call__(self, x: NDArray[Any]) -> NDArray[Any]:
        """Run the rows of x, which is not written to."""
        rows = len(x)
        y = np.empty((rows, self._outputs), self._dtype)
        scratch = self._scratch()
        scratch.begin()
        if (rows + _ROW) * self._flops < _WORTH or not self._shared(x, rows, y, scratch):
            call = address(x), rows, address(y), self._table.height, self._lines
            self._run(scratch.at + 128, scratch.at + 136, *call, scratch.numbers_at, scratch.at)
        failures = self._table.failures
        error = failures.pop(scratch.at, None) if failures else None
        self._pool.append(scratch)
        if error is not None:
            raise error
        return y

    def _shared(self, x: NDArray[Any], rows: int, y: NDArray[Any], scratch: _Scratch) -> bool:
        """Run the rows with the crew, unless it is busy with another call."""
        if cores() == 1:
            return False
        helpers = crew()
        if not helpers.free.acquire(blocking=False):
            return False
        try:
            own = [self._scratch() for _ in range(cores() - 1)]
            rooms = [one.numbers_at for one in own]
            height = 0
            if not self._is_by_line(rows):
                height = _height(rows, self._table.height, cores(), self._step)
            data = address(x), rows, address(y), height, self._lines
            call = self._at, *data, scratch.numbers_at, scratch.at
            helpers.lead(scratch.at + 128, call, rooms, (x, y, scratch, own, self))
            self._pool.extend(own)
        finally:
            helpers.free.release()
        return True

    def _is_by_line(self, rows: int) -> bool:
        """Tell whether blocks would be too small.

        Reading all weights for each then costs more than waiting for each other at every line.
        """
        few = min(self._table.height, cores() * self._step // 2 - 1)
        return rows <= few and self._flops > _WIDE

    def _scratch(self) -> _Scratch:
        try:
            return self._pool.pop()
        except IndexError:
            return _Scratch(self._table.scratch, self._dtype)


@lru_cache
def _height(rows: int, tallest: int, threads: int, step: int) -> int:
    """Choose blocks of which no thread gets many rows more than another, and those tall."""
    choices = []
    least = -(-rows // (tallest * threads))
    for rounds in range(least, least + least // 2 + 2):
        height = -(-rows // (rounds * threads))
        whole = step if height > _FEW * step else 2
        height = -(-height // whole) * whole
        most = -(-rows // (height * threads)) * height
        choices.append((most, -height))
    return -min(choices)[1]


class _Scratch:
    """What one thread works in.

    Attributes:
        at, numbers_at: where the counters of a call are, each in a line of the cache, then two
            words that Numba writes to; and where there is room for a block's values.
    """

    def __init__(self, size: int, dtype: np.dtype[Any]) -> None:
        self._counters = aligned(np.zeros(18), np.int64)
        self._numbers = aligned(np.zeros(size), dtype)
        self.at, self.numbers_at = self._counters.ctypes.data, self._numbers.ctypes.data
        self._taken = ctypes.c_int64.from_address(self.at)
        self._ended = ctypes.c_int64.from_address(self.at + 64)

    def begin(self) -> None:
        """Set both counters to 0."""
        self._taken.value = self._ended.value = 0
