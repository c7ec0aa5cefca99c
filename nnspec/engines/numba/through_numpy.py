"""A step that has no machine code, as a function that machine code can call."""

from __future__ import annotations

import ctypes
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nnspec.plan import Step

KIND = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_int64] * 9)

Failures = dict[int, BaseException]
"""Where the counters of a call are → what was raised on the way."""


def through_numpy(
    step: Step, dtype: np.dtype[Any], strides: tuple[int, ...], failures: Failures
) -> Any:
    """Give a step's own kernel as a C function `step(a, b, rows, c, counter, 0, 0)`.

    It takes Python's lock while it works. What the kernel raises is kept among `failures`, since
    machine code cannot pass it on; the rows are NaN then.

    Args:
        step: with one input or two.
        dtype: of all numbers.
        strides: from row to row, in numbers, of each input and of the output.
        failures: what is raised goes here.
    """
    kernel: Callable[..., None] = partial(step.op.kernel, **step.settings_in(dtype))
    sizes = [size for _, size in step.inputs]

    def call(
        _result: int, _exception: int, a: int, b: int, rows: int, c: int, counter: int, *_: int
    ) -> int:
        target = _rows(c, rows, strides[-1], step.output[1], dtype)
        try:
            inputs = [
                np.ascontiguousarray(_rows(at, rows, stride, size, dtype))
                for at, stride, size in zip((a, b), strides, sizes, strict=False)
            ]
            out = np.empty(target.shape, dtype)
            with np.errstate(all="ignore"):
                kernel(inputs, out)
            target[...] = out
        except BaseException as error:  # also an interruption: the caller raises it again
            failures[counter] = error
            target[...] = np.nan
        return 0

    return KIND(call)


def _rows(at: int, rows: int, stride: int, size: int, dtype: np.dtype[Any]) -> NDArray[Any]:
    """View rows × size numbers in memory."""
    memory = (ctypes.c_char * (rows * stride * dtype.itemsize)).from_address(at)
    values: NDArray[Any] = np.frombuffer(memoryview(memory), dtype)
    return values.reshape(rows, stride)[:, :size]
