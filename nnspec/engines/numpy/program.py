"""A plan as calls of the ops' own kernels, tile by tile, in buffers that are used again."""

from __future__ import annotations

from collections import deque
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.engines.numpy.blas import one_thread
from nnspec.engines.numpy.blocks import BLOCK, FEW
from nnspec.engines.numpy.buffers import Buffers, height
from nnspec.engines.numpy.product import Calls, Product
from nnspec.engines.numpy.threads import cores, run_all
from nnspec.ops.affine import AFFINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nnspec.plan import Plan, Step

_WORTH_A_THREAD = 100_000_000
"""Operations below which waking another thread takes longer than it saves."""
_ALONE = 1 << 18
"""Multiplications up to which OpenBLAS uses one thread anyway."""


class Program:
    """A plan as calls: rows × inputs to a new array rows × outputs.

    Rows are multiplied in blocks of certain numbers of rows, the last one filled up, in which a
    row has the same bits; see `blocks`. So it has them alone and in any batch, at any place,
    beside any other rows, on any number of threads. A tile is some blocks, as many as the cache
    holds. Every thread takes a set of buffers from a pool and puts it back, so that calls do not
    meet.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._dtype = np.dtype(plan.dtype)
        self._height = height(plan)
        with one_thread():
            self._steps = [_bound(step, self._dtype, self._height) for step in plan.steps]
        products = [step for step in self._steps if isinstance(step, Product)]
        self._room = max((product.room for product in products), default=0)
        self._blocks = [
            rows for rows in (*FEW, BLOCK) if all(rows in product.blocks for product in products)
        ]
        self._small = max((product.size for product in products), default=0)
        self._pool: deque[Buffers] = deque()

    def __call__(self, x: NDArray[Any]) -> NDArray[Any]:
        """Run the rows of x, which is not written to."""
        rows = len(x)
        if not self._steps:
            return x.copy()
        if rows <= BLOCK:
            return self._few(x)
        y = np.empty((rows, self._plan.outputs), dtype=self._dtype)
        with one_thread():
            if rows * self._plan.flops > _WORTH_A_THREAD:
                run_all(partial(self._rows, x, y), self._shares(rows))
            else:
                self._rows(x, y, 0, rows)
        return y

    def _shares(self, rows: int) -> list[tuple[int, int]]:
        """Split the rows into whole blocks, about as many for each core."""
        share = -(-rows // (cores() * BLOCK)) * BLOCK
        return [(start, min(rows, start + share)) for start in range(0, rows, share)]

    def _few(self, x: NDArray[Any]) -> NDArray[Any]:
        """Run up to BLOCK rows."""
        buffers = self._buffers()
        try:
            rows = len(x)
            block = next(block for block in self._blocks if block >= rows)
            with nullcontext() if block * self._small <= _ALONE else one_thread():
                return self._filled_up(x, block, buffers).copy()
        finally:
            self._pool.append(buffers)

    def _filled_up(self, x: NDArray[Any], block: int, buffers: Buffers) -> NDArray[Any]:
        """Run some rows as a block; what fills it up are rows of calls before."""
        buffers.input[: len(x)] = x
        calls = buffers.few.get(block)
        if calls is None:
            calls = self._calls(buffers.input[:block], buffers.result[:block], buffers)
            buffers.few[block] = calls
        with np.errstate(all="ignore"):
            for call in calls:
                call()
        return buffers.result[: len(x)]

    def _rows(self, x: NDArray[Any], y: NDArray[Any], start: int, stop: int) -> None:
        """Run the rows from start to stop, on the thread that calls."""
        buffers = self._buffers()
        try:
            with np.errstate(all="ignore"):
                while stop - start >= BLOCK:
                    rows = min(self._height, (stop - start) // BLOCK * BLOCK)
                    tile = slice(start, start + rows)
                    for call in self._calls(x[tile], y[tile], buffers):
                        call()
                    start += rows
            if start < stop:
                y[start:stop] = self._filled_up(x[start:stop], BLOCK, buffers)
        finally:
            self._pool.append(buffers)

    def _calls(self, x: NDArray[Any], y: NDArray[Any], buffers: Buffers) -> Calls:
        """List what to call for the rows of x."""
        calls: Calls = []
        for step, bound in zip(self._plan.steps, self._steps, strict=True):
            inputs = [buffers.place(part, x, y) for part in step.inputs]
            out = buffers.place(step.output, x, y)
            if isinstance(bound, Product):
                calls += bound.calls(inputs[0], out, buffers.room)
            else:
                calls.append(partial(bound, inputs, out))
        return calls

    def _buffers(self) -> Buffers:
        try:
            return self._pool.pop()
        except IndexError:
            return Buffers(self._plan, self._room)


def _bound(step: Step, dtype: np.dtype[Any], height: int) -> Product | Callable[..., None]:
    """Bind a step's settings to its kernel; a product gets the blocks that suit the machine."""
    settings = step.settings_in(dtype)
    if step.op is AFFINE:
        return Product(settings["weight"], settings.get("bias"), height)
    return partial(step.op.kernel, **settings)
