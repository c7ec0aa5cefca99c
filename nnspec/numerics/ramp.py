"""The positive part of numbers, in their own precision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.numerics.elementwise import CHUNK, floating

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def positive_part(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    """Give max(x, 0), where −0 stays −0 and NaN stays NaN.

    What np.maximum gives for a zero of either sign depends on the machine, so the bits of what
    is below zero are masked away instead; that is as fast.

    Examples:
        >>> positive_part(np.array([-np.inf, -1.0, -0.0, 2.0, np.nan]))
        array([ 0.,  0., -0.,  2., nan])
    """
    x = floating(x)
    result = np.empty(x.shape, x.dtype) if out is None else out
    source = np.ascontiguousarray(x).reshape(-1)
    target = result.reshape(-1) if result.flags.c_contiguous else np.empty_like(source)
    integer = np.int32 if x.dtype == np.float32 else np.int64
    bits, masked = source.view(integer), target.view(integer)
    for start in range(0, source.size, CHUNK):
        part = slice(start, start + CHUNK)
        negative = np.less(source[part], 0.0).view(np.int8)
        keep = np.subtract(negative, 1, dtype=integer)  # all bits set, or none
        np.bitwise_and(bits[part], keep, out=masked[part])
    if not result.flags.c_contiguous:
        result[...] = target.reshape(result.shape)
    return result
