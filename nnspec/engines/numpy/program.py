"""A plan as calls of the ops' own kernels, tile by tile, in buffers that are used again."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.engines.numpy.blocks import TILE, multiply, rows_at_once
from nnspec.ops.affine import AFFINE
from nnspec.plan import INPUT, RESULT

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nnspec.plan import Plan, Step


class Program:
    """A plan as calls: rows × inputs to a new array rows × outputs.

    Rows go through in tiles of one height, the last one filled up with zeros, so that every
    product has one shape whatever the number of rows; together with `rows_at_once` this gives a
    row the same bits alone and in any batch, at any place, beside any other rows. Every call
    takes a set of buffers from a pool and puts it back, so that threads do not meet.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._dtype = np.dtype(plan.dtype)
        self._kernels = [_kernel(step, self._dtype) for step in plan.steps]
        self._pool: deque[Buffers] = deque()

    def __call__(self, x: NDArray[Any]) -> NDArray[Any]:
        """Run the rows of x, which is not written to."""
        y = np.empty((len(x), self._plan.outputs), dtype=self._dtype)
        if not self._plan.steps:
            y[...] = x
            return y
        try:
            buffers = self._pool.pop()
        except IndexError:
            buffers = Buffers.of(self._plan)
        full = len(x) - len(x) % TILE
        try:
            with np.errstate(all="ignore"):
                for start in range(0, full, TILE):
                    stop = start + TILE
                    self._run(x[start:stop], y[start:stop], buffers)
                if full < len(x):
                    rest = len(x) - full
                    buffers.input[:rest] = x[full:]
                    buffers.input[rest:] = 0.0
                    self._run(buffers.input, buffers.result, buffers)
                    y[full:] = buffers.result[:rest]
        finally:
            self._pool.append(buffers)
        return y

    def _run(self, x: NDArray[Any], y: NDArray[Any], buffers: Buffers) -> None:
        views = buffers.views
        for kernel, step in zip(self._kernels, self._plan.steps, strict=True):
            inputs = [x if part[0] == INPUT else views.get(part, y) for part in step.inputs]
            kernel(inputs, views.get(step.output, y))


@dataclass(frozen=True)
class Buffers:
    """What one call works in.

    Attributes:
        input, result: a tile of each, for the rows at the end.
        views: (slot, features) → TILE × features of a scratch slot, C-contiguous.
    """

    input: NDArray[Any]
    result: NDArray[Any]
    views: dict[tuple[int, int], NDArray[Any]]

    @classmethod
    def of(cls, plan: Plan) -> Buffers:
        """Allocate what a plan needs."""
        flat = [np.empty(TILE * width, dtype=plan.dtype) for width in plan.slots]
        parts = {part for step in plan.steps for part in (*step.inputs, step.output)}
        return cls(
            input=flat[INPUT].reshape(TILE, plan.inputs),
            result=flat[RESULT].reshape(TILE, plan.outputs),
            views={
                (slot, size): flat[slot][: TILE * size].reshape(TILE, size)
                for slot, size in parts
                if slot not in {INPUT, RESULT}
            },
        )


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
