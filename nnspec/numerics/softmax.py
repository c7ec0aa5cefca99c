"""Exponentials that add up to one, row by row."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.numerics.exp import exp_pair, power_of_two, scale
from nnspec.numerics.pair import divide, rounded, two_sum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.numerics.pair import Pair


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
    """Give the softmax of rows that come from float32, in place.

    Where the largest of a row is infinite, or nothing but −∞ is there, the difference to it is no
    number; such rows, and those with NaN, are gone over again.
    """
    top = np.fmax.reduce(x, axis=-1, keepdims=True)  # a NaN shows in the total
    e: NDArray[Any] = np.subtract(x, top)
    np.exp(e, e)
    total = np.add.reduce(e, axis=-1, keepdims=True)
    if math.isnan(np.vdot(total, total)):
        e = np.exp(np.where(x == top, 0.0, np.maximum(x - top, -700.0)))
        total = np.add.reduce(e, axis=-1, keepdims=True)
    np.divide(e, total, e)
    return e
