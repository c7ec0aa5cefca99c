"""Weights in the order in which the micro-kernels read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, DTypeLike, NDArray

_LINE = 64  # bytes of a line of the cache; a vector that crosses one costs two loads


def padded(width: int, lanes: int) -> int:
    """Fill up to whole vectors.

    Examples:
        >>> padded(50, 16)
        64
    """
    return -(-width // lanes) * lanes


def aligned(array: ArrayLike, dtype: DTypeLike) -> NDArray[Any]:
    """Copy to an array that starts with a line of the cache."""
    source = np.asarray(array, dtype=dtype)
    raw = np.empty(source.nbytes + _LINE, np.uint8)
    start = -raw.ctypes.data % _LINE
    copy = raw[start : start + source.nbytes].view(source.dtype).reshape(source.shape)
    copy[...] = source
    return copy


def split(columns: int, lanes: int) -> tuple[int, int]:
    """Split columns into those that make vectors, and those that would fill little of one.

    Examples:
        >>> split(50, 16), split(60, 16), split(3, 16)
        ((48, 2), (60, 0), (3, 0))
    """
    more = columns % lanes
    return (columns - more, more) if columns > lanes and more <= lanes // 4 else (columns, 0)


def packed(weight: NDArray[Any], lanes: int, dtype: DTypeLike) -> tuple[int, int, NDArray[Any]]:
    """Give how many panels of two vectors and of one there are, and all their numbers.

    A panel holds some columns row after row, so that it is read front to back. The last panel
    has one vector where that is enough; what is missing from a vector is zero.

    Examples:
        >>> full, narrow, numbers = packed(np.array([[1, 2, 3], [4, 5, 6]]), 2, "float32")
        >>> full, narrow
        (1, 0)
        >>> numbers
        array([1., 2., 3., 0., 4., 5., 6., 0.], dtype=float32)
    """
    depth, columns = weight.shape
    wide = np.zeros((depth, padded(columns, lanes)))
    wide[:, :columns] = weight
    full, narrow = divmod(wide.shape[1] // lanes, 2)
    split = full * 2 * lanes
    panels = wide[:, :split].reshape(depth, full, 2 * lanes).swapaxes(0, 1)
    numbers = np.concatenate([panels.ravel(), wide[:, split:].ravel()])
    return full, narrow, aligned(numbers, dtype)
