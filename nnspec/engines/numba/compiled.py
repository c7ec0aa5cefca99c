"""A plan as one call of machine code for each core."""

from __future__ import annotations

import ctypes
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.engines.numba.address import address
from nnspec.engines.numba.assemble import assemble
from nnspec.engines.numba.functions import function
from nnspec.engines.numba.machine import machine
from nnspec.engines.numba.packing import aligned
from nnspec.engines.numba.table import Table
from nnspec.engines.numba.threads import share
from nnspec.engines.numpy.threads import cores

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nnspec.plan import Plan

_WORTH_A_THREAD = 5_000_000
"""Operations below which waking another thread takes longer than it saves."""
_RUN = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_int64] * 9)


class Compiled:
    """Blocks of rows through machine code; every thread takes the next block until none is left.

    Each sum runs over the inputs in one order, and no function sees more than its own number or
    row, so that a row has the same bits whatever the block, its place and the threads.

    Raises:
        Unsupported: there is a step for which there is no machine code.
    """

    def __init__(self, plan: Plan) -> None:
        self._outputs, self._flops = plan.outputs, plan.flops
        self._dtype = np.dtype(plan.dtype)
        self._table = Table(plan, machine(), partial(function, dtype=self._dtype))
        self._lines = self._table.lines.ctypes.data
        self._step = machine().rows[0]
        size = self._dtype.itemsize
        self._run = _RUN(assemble(f"run-{size}", lambda: _source(size), 7))
        self._pool: deque[_Scratch] = deque()

    def __call__(self, x: NDArray[Any]) -> NDArray[Any]:
        """Run the rows of x, which is not written to."""
        rows = len(x)
        y = np.empty((rows, self._outputs), self._dtype)
        scratch = self._scratch()
        scratch.counter[0] = 0
        shared = rows >= 2 * self._step and rows * self._flops > _WORTH_A_THREAD
        height = self._height(rows) if shared else self._table.height
        call = address(x), rows, address(y), height, self._lines
        if shared:
            share(partial(self._help, call, (x, y, scratch)))
        else:
            self._run(scratch.at + 8, scratch.at + 16, *call, scratch.numbers_at, scratch.at)
        self._pool.append(scratch)
        return y

    def _help(
        self, call: tuple[int, ...], held: tuple[NDArray[Any], NDArray[Any], _Scratch]
    ) -> None:
        """Take blocks until there are no more.

        `held` is what the addresses point into: it lives while a thread does, even where the
        caller was interrupted.
        """
        scratch = self._scratch()
        self._run(scratch.at + 8, scratch.at + 16, *call, scratch.numbers_at, held[2].at)
        self._pool.append(scratch)

    def _height(self, rows: int) -> int:
        """Choose blocks of which every core gets about as many rows."""
        rounds = -(-rows // (self._table.height * cores()))
        return -(-rows // (rounds * cores() * self._step)) * self._step

    def _scratch(self) -> _Scratch:
        try:
            return self._pool.pop()
        except IndexError:
            return _Scratch(self._table.scratch, self._dtype)


class _Scratch:
    """What one thread works in.

    Attributes:
        counter: the next block of a call, and two places that Numba writes to.
        at, numbers_at: where it is, and where there is room for a block's values.
    """

    def __init__(self, size: int, dtype: np.dtype[Any]) -> None:
        self.counter = np.zeros(3, np.int64)
        self._numbers = aligned(np.zeros(size), dtype)
        self.at, self.numbers_at = self.counter.ctypes.data, self._numbers.ctypes.data


def _source(itemsize: int) -> Callable[..., None]:
    from nnspec.engines.numba.codegen.interpret import interpreter

    made: Callable[..., None] = interpreter(itemsize)
    return made
