"""The logarithm of softmax, without taking the logarithm of what vanished."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.numerics.exp import exp_pair, power_of_two, scale
from nnspec.numerics.pair import add, constant, divide, fast_two_sum, two_sum
from nnspec.numerics.polynomial import horner
from nnspec.numerics.softmax import below_top, sum_pair
from nnspec.numerics.softplus import ATANH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.numerics.pair import Pair

LN2 = constant("0.6931471805599453094172321214581765680755")


def log_pair(x: Pair) -> Pair:
    """Give the logarithm of a pair of at least 1, with all digits of what is above 1.

    With x = 2^k·f, f from √½ to √2, and s = (f − 1) / (f + 1), it is k·ln 2 + 2 atanh(s).
    """
    fraction, k = np.frexp(x[0])
    k = np.where(fraction < 0.7071067811865476, k - 1, k)
    down = power_of_two(-k.astype(np.int64))
    f = x[0] * down, x[1] * down
    s = divide(add(f, -1.0), add(f, 1.0))
    squared = s[0] * s[0]
    small = 2.0 * (s[1] + s[0] * squared * horner(ATANH, squared))
    high, low = two_sum(k * LN2[0], 2.0 * s[0])
    return fast_two_sum(high, low + small + k * LN2[1])


def log_softmax(x: NDArray[Any]) -> NDArray[Any]:
    """Give x − max − log Σ exp(x − max) by rows, to 1.1 ulp.

    A result below 2.2e-308 may be off by half an ulp for each number of its row: the
    exponentials that add up to it are subnormal themselves.

    Examples:
        >>> log_softmax(np.array([[0.0, -50.0]]))
        array([[-1.92874985e-22, -5.00000000e+01]])
    """
    e, m = exp_pair(*below_top(x))
    log_high, log_low = log_pair(sum_pair(scale(e[0], m), scale(e[1], m)))
    top = x.max(axis=-1, keepdims=True)
    high, low = two_sum(x, -top)
    high = np.where(x == top, 0.0, high)
    low = np.where(np.isfinite(low), low, 0.0)
    total, rest = two_sum(high, -log_high)
    rest = np.where(np.isfinite(rest), rest, 0.0)
    result: NDArray[Any] = total + (rest + (low - log_low))
    return result


def log_softmax_single(x: NDArray[Any]) -> NDArray[Any]:
    """Give the logarithm of softmax for rows that come from float32, as log1p of the others."""
    top = x.max(axis=-1, keepdims=True)
    high = np.where(x == top, 0.0, x - top)
    e = np.exp(np.maximum(high, -700.0))
    np.put_along_axis(e, x.argmax(axis=-1)[..., np.newaxis], 0.0, axis=-1)  # its 1 is log1p's
    result: NDArray[Any] = high - np.log1p(e.sum(axis=-1, keepdims=True))
    return result
