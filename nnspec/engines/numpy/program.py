"""A plan as calls of the ops' own kernels, tile by tile, in buffers that are used again."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.engines.numpy.blas import one_thread
from nnspec.engines.numpy.blocks import BLOCK, FEW
from nnspec.engines.numpy.buffers import Buffers, height
from nnspec.engines.numpy.kernels import Activation, Kernel
from nnspec.engines.numpy.product import Calls, Product
from nnspec.engines.numpy.threads import cores, run_all
from nnspec.numerics.quiet import quietly
from nnspec.ops.activate import ACTIVATE
from nnspec.ops.affine import AFFINE
from nnspec.plan import INPUT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.plan import Plan, Step

_WORTH_A_THREAD = 40_000_000
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
        with one_thread:
            self._steps = [_bound(step, self._dtype, self._height) for step in plan.steps]
        products = [step for step in self._steps if isinstance(step, Product)]
        self._room = max((product.wide for product in products), default=0)
        fit = [rows for rows in (*FEW, BLOCK) if all(rows in each.blocks for each in products)]
        self._block = [next(block for block in fit if block >= rows) for rows in range(BLOCK + 1)]
        self._small = max((product.size for product in products), default=0)
        self._pool: deque[Buffers] = deque()

    def __call__(self, x: NDArray[Any]) -> NDArray[Any]:
        """Run the rows of x, which is not written to."""
        rows = len(x)
        if not self._steps:
            return x.copy()
        ranges = self._shares(rows)
        if rows <= BLOCK and len(ranges) == 1:
            return self._few(x)
        y = np.empty((rows, self._plan.outputs), dtype=self._dtype)
        with one_thread:
            if len(ranges) > 1:
                run_all(partial(self._tiles, x, y), ranges)
            else:
                self._tiles(x, y, 0, rows)
        return y

    def _shares(self, rows: int) -> list[tuple[int, int]]:
        """Split the rows into whole blocks, about as many for each core, where that is worth it."""
        if rows <= FEW[-1] or rows * self._plan.flops <= _WORTH_A_THREAD:
            return [(0, rows)]
        block = BLOCK if rows > BLOCK else FEW[-1]
        share = -(-rows // (cores() * block)) * block
        return [(start, min(rows, start + share)) for start in range(0, rows, share)]

    def _few(self, x: NDArray[Any]) -> NDArray[Any]:
        """Run up to BLOCK rows."""
        buffers = self._buffers()
        try:
            if self._block[len(x)] * self._small <= _ALONE:
                return quietly(self._filled_up, x, buffers).copy()
            with one_thread:
                return quietly(self._filled_up, x, buffers).copy()
        finally:
            self._pool.append(buffers)

    def _filled_up(self, x: NDArray[Any], buffers: Buffers) -> NDArray[Any]:
        """Run some rows as a block; what fills it up are rows of calls before."""
        rows = len(x)
        few = buffers.few.get(rows)
        if few is None:
            calls = self._calls(buffers.input[: self._block[rows]], rows, buffers)
            few = buffers.few[rows] = (buffers.input[:rows], calls, buffers.result(rows))
        room, calls, y = few
        room[...] = x
        for call in calls:
            call()
        return y

    def _tiles(self, x: NDArray[Any], y: NDArray[Any], start: int, stop: int) -> None:
        """Run the rows from start to stop, on the thread that calls."""
        buffers = self._buffers()
        try:
            quietly(self._tile_by_tile, x[start:stop], y[start:stop], buffers)
        finally:
            self._pool.append(buffers)

    def _tile_by_tile(self, x: NDArray[Any], y: NDArray[Any], buffers: Buffers) -> None:
        start = 0
        while len(x) - start >= BLOCK:
            rows = min(self._height, (len(x) - start) // BLOCK * BLOCK)
            for call in self._calls(x[start : start + rows], rows, buffers):
                call()
            y[start : start + rows] = buffers.result(rows)
            start += rows
        if start < len(x):
            y[start:] = self._filled_up(x[start:], buffers)

    def _calls(self, x: NDArray[Any], rows: int, buffers: Buffers) -> Calls:
        """List what to call for x, whose first rows count; what does not read x itself is kept."""
        calls: Calls = []
        for index, (step, bound) in enumerate(zip(self._plan.steps, self._steps, strict=True)):
            key = index, rows
            known = buffers.kept.get(key)
            if known is None:
                inputs = [buffers.place(part, x) for part in step.inputs]
                in_place = step.output == step.inputs[0]
                out = inputs[0] if in_place else buffers.place(step.output, x)
                known = bound.calls(inputs, out, rows, buffers.room)
                if all(slot != INPUT for slot, _ in step.inputs):
                    buffers.kept[key] = known
            calls += known
        return calls

    def _buffers(self) -> Buffers:
        try:
            return self._pool.pop()
        except IndexError:
            return Buffers(self._plan, self._room)


def _bound(step: Step, dtype: np.dtype[Any], height: int) -> Product | Activation | Kernel:
    """Bind a step's settings to its kernel; a product gets the blocks that suit the machine."""
    settings = step.settings_in(dtype)
    if step.op is AFFINE:
        return Product(settings["weight"], settings.get("bias"), height)
    return (Activation if step.op is ACTIVATE else Kernel)(step, settings)
