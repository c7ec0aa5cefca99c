"""Apply a function of double precision to arrays of any shape, layout and precision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.numerics.quiet import quietly

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import ArrayLike, NDArray

_SINGLE = np.dtype(np.float32)
CHUNK = 4096  # numbers at a time: the many temporaries of a kernel stay in the cache
CHUNK_SINGLE = 16384  # a cheaper kernel has few of them


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
    if out is None:
        out = np.empty(x.shape, x.dtype)
    if single is not None and x.dtype is _SINGLE:
        quietly(_widened, single, x, out, parameters)
    else:
        quietly(_by_chunks, kernel, x, out, parameters)
    return out


def _widened(
    kernel: Callable[..., NDArray[Any]],
    x: NDArray[Any],
    out: NDArray[Any],
    parameters: Mapping[str, Any],
) -> None:
    """Hand a copy in float64 to a kernel that may write to it."""
    if x.size > CHUNK_SINGLE:
        _by_chunks(kernel, x, out, parameters, CHUNK_SINGLE)
    elif x.ndim == 1:  # as an engine gives them; a microsecond counts where there are few
        out[...] = kernel(x.astype(np.float64), **parameters)
    else:
        out[...] = kernel(x.ravel().astype(np.float64), **parameters).reshape(out.shape)


def _by_chunks(
    kernel: Callable[..., NDArray[Any]],
    x: NDArray[Any],
    out: NDArray[Any],
    parameters: Mapping[str, Any],
    size: int = CHUNK,
) -> None:
    source, target = x.ravel(), _row(out)
    wide = np.empty(min(size, x.size)) if x.dtype is _SINGLE else None
    for start in range(0, source.size, size):
        chunk = source[start : start + size]
        if wide is not None:  # used again and again: to get new memory takes longer than to widen
            row = wide[: chunk.size]
            row[...] = chunk
            chunk = row
        target[start : start + size] = kernel(chunk, **parameters)
    if not out.flags.c_contiguous:
        out[...] = target.reshape(out.shape)


def _row(out: NDArray[Any]) -> NDArray[Any]:
    """Give the numbers of an array as one row, or room for them where they do not lie in one."""
    return out.reshape(-1) if out.flags.c_contiguous else np.empty(out.size, out.dtype)


def floating(x: ArrayLike) -> NDArray[Any]:
    """Give x as an array of float32 or float64, the same one if it is one already."""
    array = x if type(x) is np.ndarray else np.asarray(x)
    if array.dtype is _SINGLE:
        return array
    return array if array.dtype.char in "fd" and array.dtype.isnative else array.astype(np.float64)
