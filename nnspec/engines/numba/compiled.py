"""A plan as one call of machine code for each core."""

from __future__ import annotations

import ctypes
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.engines.numba.assemble import assemble
from nnspec.engines.numba.functions import function
from nnspec.engines.numba.machine import machine
from nnspec.engines.numba.packing import aligned
from nnspec.engines.numba.table import Table
from nnspec.engines.numba.threads import share

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nnspec.plan import Plan

_WORTH_A_THREAD = 4_000_000
"""Operations below which waking another thread takes longer than it saves."""
_RUN = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_int64] * 12)


class Compiled:
    """Blocks of rows through machine code; every thread takes the next block until none is left.

    Each sum runs over the inputs in one order, and no function sees more than its own number or
    row, so that a row has the same bits whatever the block, its place and the threads.

    Raises:
        Unsupported: there is a step for which there is no machine code.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._dtype = np.dtype(plan.dtype)
        self._table = Table(plan, machine(), partial(function, dtype=self._dtype))
        size = self._dtype.itemsize
        self._run = _RUN(assemble(f"run-{size}", lambda: _source(size), 10))
        self._lines = self._table.lines.ctypes.data, len(self._table.lines)
        self._pool: deque[tuple[NDArray[Any], int]] = deque()

    def __call__(self, x: NDArray[Any]) -> NDArray[Any]:
        """Run the rows of x, which is not written to."""
        rows, height = len(x), self._table.height
        y = np.empty((rows, self._plan.outputs), self._dtype)
        state = np.zeros(3, np.int64)  # the next block, and two places that Numba writes to
        here = state.ctypes.data
        work = partial(
            self._blocks,
            (here + 8, here + 16, x.ctypes.data, rows, x.shape[1], y.ctypes.data, y.shape[1]),
            here,
        )
        if rows > height and rows * self._plan.flops > _WORTH_A_THREAD:
            share(work, -(-rows // height))
        else:
            work()
        return y

    def _blocks(self, arguments: tuple[int, ...], counter: int) -> None:
        """Take blocks until there are no more, in scratch of this call's own."""
        try:
            scratch = self._pool.pop()
        except IndexError:
            array = aligned(np.zeros(self._table.scratch), self._dtype)
            scratch = array, array.ctypes.data
        self._run(*arguments, *self._lines, scratch[1], self._table.height, counter)
        self._pool.append(scratch)


def _source(itemsize: int) -> Callable[..., None]:
    from nnspec.engines.numba.codegen.interpret import interpreter

    made: Callable[..., None] = interpreter(itemsize)
    return made
