"""Exponentials that add up to one, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.numerics.exp import exp_pair, power_of_two, scale
from nnspec.numerics.pair import divide, rounded, two_sum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.numerics.pair import Pair

_ONE = np.array(1.0)


def below_top(x: NDArray[Any]) -> Pair:
    """Give x minus the largest of its row, as a pair; at least −1000, where exp is zero.

    The largest is exactly 0, an infinite one too, so that [∞, 0] has its limit [1, 0] and a
    row of −∞ the limit of equal values.
    """
    top = x.max(axis=-1, keepdims=True)
    high, low = two_sum(x, -top)
    low = np.where(high > -1000.0, low, 0.0)
    return np.where(x == top, 0.0, np.maximum(high, -1000.0)), low


def sum_pair(high: NDArray[Any], low: NDArray[Any]) -> Pair:
    """Add up each row of pairs, by halves, without an error worth naming."""
    while (width := high.shape[-1]) > 1:
        half = width // 2
        total, error = two_sum(high[..., :half], high[..., half : 2 * half])
        error = error + (low[..., :half] + low[..., half : 2 * half])
        high = np.concatenate([total, high[..., 2 * half :]], axis=-1)
        low = np.concatenate([error, low[..., 2 * half :]], axis=-1)
    return high, low


def softmax(x: NDArray[Any]) -> NDArray[Any]:
    """Give exp(x − max) / Σ exp(x − max) by rows, to 0.8 ulp.

    Examples:
        >>> softmax(np.array([[1e4, 0.0], [7.0, 7.0]]))
        array([[1. , 0. ],
               [0.5, 0.5]])
    """
    e, m = exp_pair(*below_top(x))
    factor = power_of_two(m)
    return scale(rounded(divide(e, sum_pair(e[0] * factor, e[1] * factor))), m)


def softmax_single(x: NDArray[Any]) -> NDArray[Any]:
    """Give the softmax of rows that come from float32.

    In double precision, exponentials of ordinary numbers need nothing taken off first. What does,
    shows in the sum of its row, or in one over it: beyond 1e154 its square is infinite.
    """
    e: NDArray[Any] = np.exp(x)
    total = np.add.reduce(e, axis=-1, keepdims=True)
    share = np.divide(_ONE, total)
    np.multiply(e, share, e)
    if not np.vdot(total, total) + np.vdot(share, share) < np.inf:  # NaN is no number below it
        both = total * total + share * share
        hard = ~(both < np.inf)[..., 0]
        e[hard] = _far_softmax(x[hard])
    return e


def _far_softmax(x: NDArray[Any]) -> NDArray[Any]:
    """Give the softmax of rows with the largest of each taken off, where it becomes 0 exactly."""
    top = np.maximum.reduce(x, axis=-1, keepdims=True)
    e: NDArray[Any] = np.exp(np.where(x == top, 0.0, np.maximum(x - top, -700.0)))
    np.divide(e, np.add.reduce(e, axis=-1, keepdims=True), e)
    return e
