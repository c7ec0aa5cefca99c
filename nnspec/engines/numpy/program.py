"""A plan as calls of the ops' own kernels, tile by tile, in buffers that are used again."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.engines.numpy.blas import one_thread
from nnspec.engines.numpy.blocks import BLOCK, multiply, rows_at_once
from nnspec.engines.numpy.buffers import Buffers, height
from nnspec.engines.numpy.threads import cores, run_all
from nnspec.ops.affine import AFFINE
from nnspec.plan import INPUT

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nnspec.plan import Plan, Step

_WORTH_A_THREAD = 20_000_000
"""Operations below which waking another thread takes longer than it saves."""


class Program:
    """A plan as calls: rows × inputs to a new array rows × outputs.

    Products take blocks of one number of rows, the last one filled up with zeros, so that each
    has one shape whatever the number of rows; together with `rows_at_once` this gives a row the
    same bits alone and in any batch, at any place, beside any other rows, on any number of
    threads. A tile is some blocks, as many as the cache holds. Every thread takes a set of
    buffers from a pool and puts it back, so that calls do not meet.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._dtype = np.dtype(plan.dtype)
        self._height = height(plan)
        with one_thread():
            self._kernels = [_kernel(step, self._dtype) for step in plan.steps]
        self._pool: deque[Buffers] = deque()

    def __call__(self, x: NDArray[Any]) -> NDArray[Any]:
        """Run the rows of x, which is not written to."""
        y = np.empty((len(x), self._plan.outputs), dtype=self._dtype)
        if not self._plan.steps:
            y[...] = x
            return y
        work = partial(self._rows, x, y)
        with one_thread():
            if len(x) > self._height and len(x) * self._plan.flops > _WORTH_A_THREAD:
                run_all(work, self._shares(len(x)))
            else:
                work(0, len(x))
        return y

    def _shares(self, rows: int) -> list[tuple[int, int]]:
        """Split the rows into whole tiles, about as many for each core."""
        tiles = -(-rows // self._height)
        share = -(-tiles // cores()) * self._height
        return [(start, min(rows, start + share)) for start in range(0, rows, share)]

    def _rows(self, x: NDArray[Any], y: NDArray[Any], start: int, stop: int) -> None:
        """Run the rows from start to stop, on the thread that calls."""
        try:
            buffers = self._pool.pop()
        except IndexError:
            buffers = Buffers(self._plan)
        try:
            with np.errstate(all="ignore"):
                while stop - start >= BLOCK:
                    rows = min(self._height, (stop - start) // BLOCK * BLOCK)
                    self._tile(x[start : start + rows], y[start : start + rows], buffers)
                    start += rows
                if start < stop:
                    rest = stop - start
                    buffers.input[:rest] = x[start:stop]
                    buffers.input[rest:] = 0.0
                    self._tile(buffers.input, buffers.result, buffers)
                    y[start:stop] = buffers.result[:rest]
        finally:
            self._pool.append(buffers)

    def _tile(self, x: NDArray[Any], y: NDArray[Any], buffers: Buffers) -> None:
        views = buffers.views(len(x))
        for kernel, step in zip(self._kernels, self._plan.steps, strict=True):
            inputs = [x if part[0] == INPUT else views.get(part, y) for part in step.inputs]
            kernel(inputs, views.get(step.output, y))


def _kernel(step: Step, dtype: np.dtype[Any]) -> Callable[..., None]:
    """Bind a step's settings to its kernel; a product gets the block that suits the machine."""
    settings: dict[str, Any] = {
        name: np.array(setting, dtype=dtype, order="C")
        if isinstance(setting, np.ndarray)
        else setting
        for name, setting in step.settings.items()
    }
    if step.op is not AFFINE:
        return partial(step.op.kernel, **settings)
    weight = settings["weight"]
    rows = rows_at_once(*weight.shape, dtype.name)
    return partial(_affine, weight=weight, rows=rows, bias=settings.get("bias"))


def _affine(
    inputs: list[NDArray[Any]],
    out: NDArray[Any],
    *,
    weight: NDArray[Any],
    rows: int,
    bias: NDArray[Any] | None,
) -> None:
    multiply(inputs[0], weight, rows, out)
    if bias is not None:
        out += bias
