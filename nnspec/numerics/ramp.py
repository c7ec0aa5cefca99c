"""The positive part of numbers, in their own precision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.numerics.elementwise import floating

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

# Arrays, since a ufunc would make one of a number at every call.
_FLOATS = (np.dtype(np.float32), np.dtype(np.float64))
_ZERO = {dtype: np.zeros((), dtype) for dtype in _FLOATS}
# np.maximum takes twice as long with one number as with a row of them.
_MANY = 4096
_ZEROS = {dtype: np.zeros(_MANY, dtype) for dtype in _FLOATS}


def positive_part(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    """Give max(x, 0), where zero is +0 and NaN stays NaN.

    What np.maximum gives for a zero of either sign depends on the machine and on the place in the
    array; adding 0 makes each +0.

    Examples:
        >>> positive_part(np.array([-np.inf, -1.0, -0.0, 2.0, np.nan]))
        array([ 0.,  0.,  0.,  2., nan])
    """
    x = floating(x)
    result = np.empty(x.shape, x.dtype) if out is None else out
    if x.ndim == 1 and x.size >= _MANY:
        whole = x.size // _MANY * _MANY
        blocks, zeros = result[:whole].reshape(-1, _MANY), _ZEROS[x.dtype]
        np.maximum(x[:whole].reshape(-1, _MANY), zeros, out=blocks)
        np.maximum(x[whole:], zeros[: x.size - whole], out=result[whole:])
    else:
        np.maximum(x, _ZERO[x.dtype], out=result)
    np.add(result, _ZERO[x.dtype], result)
    return result
