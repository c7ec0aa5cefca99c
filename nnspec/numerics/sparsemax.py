"""The nearest point of the simplex, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.numerics.pair import add, divide, fast_two_sum, rounded, two_sum
from nnspec.numerics.softmax import below_top

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.numerics.pair import Pair


def running_sums(high: NDArray[Any], low: NDArray[Any]) -> Pair:
    """Add up pairs from the left of each row to every place, by doubling the distance."""
    step = 1
    while step < high.shape[-1]:
        total, error = two_sum(high[..., step:], high[..., :-step])
        error = error + (low[..., step:] + low[..., :-step])
        high = np.concatenate([high[..., :step], total], axis=-1)
        low = np.concatenate([low[..., :step], error], axis=-1)
        step *= 2
    return high, low


def sparsemax(x: NDArray[Any]) -> NDArray[Any]:
    """Give max(x − τ, 0) by rows, with the τ for which they add up to one.

    With d = x − max, sorted downwards, and s their running sums, the support has the largest k
    with 1 + k·d_k > s_k, and τ = (s_k − 1) / k.

    Examples:
        >>> sparsemax(np.array([[1.0, 0.8, -1.0], [3.0, 0.0, 0.0]]))
        array([[0.6, 0.4, 0. ],
               [1. , 0. , 0. ]])
    """
    high, low = below_top(x)
    order = np.argsort(-high, axis=-1, kind="stable")
    ordered = np.take_along_axis(high, order, -1), np.take_along_axis(low, order, -1)
    sums = running_sums(*ordered)
    k = np.arange(1.0, high.shape[-1] + 1)
    inside = 1.0 + k * ordered[0] > sums[0]
    last = np.maximum(inside.sum(axis=-1, keepdims=True), 1) - 1
    chosen = np.take_along_axis(sums[0], last, -1), np.take_along_axis(sums[1], last, -1)
    tau = divide(add(chosen, -1.0), (last + 1.0, 0.0))
    total, error = two_sum(high, -tau[0])
    share = rounded(fast_two_sum(total, error + (low - tau[1])))
    result: NDArray[Any] = np.maximum(share, 0.0) + 0.0  # a zero of either sign becomes +0
    return result
