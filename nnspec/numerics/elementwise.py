"""Apply a function of double precision to arrays of any shape, layout and precision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import ArrayLike, NDArray

_SINGLE = np.dtype(np.float32)
CHUNK = 4096  # numbers at a time: a kernel's temporaries of 32 kB each stay in the cache


def elementwise(
    kernel: Callable[..., NDArray[Any]],
    x: ArrayLike,
    out: NDArray[Any] | None = None,
    *,
    single: Callable[..., NDArray[Any]] | None = None,
    **parameters: Any,
) -> NDArray[Any]:
    """Apply a kernel to each number of x, and give an array of x's shape and dtype.

    A kernel gets a contiguous row of float64, which it must not write to, and gives another.
    float32 is widened first and the result rounded once, so that a kernel good to double
    precision gives the nearest float32 in all but one case of many millions. The layout of x
    never reaches a kernel, so that the bits of a result depend on its own number alone.

    Args:
        kernel: `kernel(block, **parameters)`.
        x: numbers of any shape; what is neither float32 nor float64 becomes float64.
        out: where to write; may be x itself. A new array otherwise.
        single: a cheaper kernel for float32, good to about 1e-12; it may write to its row.
        **parameters: handed to the kernel.

    Examples:
        >>> elementwise(np.square, np.float32([[1, 2], [3, 4]]))
        array([[ 1.,  4.],
               [ 9., 16.]], dtype=float32)
    """
    x = floating(x)
    if single is not None and x.dtype == _SINGLE:
        kernel = single
    if x.size > CHUNK:
        return _by_chunks(kernel, x, np.empty(x.shape, x.dtype) if out is None else out, parameters)
    with np.errstate(all="ignore"):  # results may underflow to subnormals: that is their value
        y = kernel(x.ravel().astype(np.float64, copy=False), **parameters)
        if out is None:
            return y.astype(x.dtype).reshape(x.shape)
        np.copyto(out, y.reshape(x.shape), casting="same_kind")
    return out


def _by_chunks(
    kernel: Callable[..., NDArray[Any]],
    x: NDArray[Any],
    result: NDArray[Any],
    parameters: Mapping[str, Any],
) -> NDArray[Any]:
    source = np.ascontiguousarray(x).reshape(-1)
    target = result.reshape(-1) if result.flags.c_contiguous else np.empty_like(source)
    with np.errstate(all="ignore"):
        for start in range(0, source.size, CHUNK):
            block = source[start : start + CHUNK].astype(np.float64, copy=False)
            target[start : start + CHUNK] = kernel(block, **parameters)
    if not result.flags.c_contiguous:
        result[...] = target.reshape(result.shape)
    return result


def floating(x: ArrayLike) -> NDArray[Any]:
    """Give x as an array of float32 or float64, the same one if it is one already."""
    array = np.asarray(x)
    return array if array.dtype.char in "fd" and array.dtype.isnative else array.astype(np.float64)
