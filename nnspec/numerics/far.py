"""Gates that are smaller than any double, each as a pair with an exponent of its own.

A gate times a large value is a number of ordinary size even where the gate alone is none: σ(−1000)
is 5e-435, and 1e300·σ(−1000) is 5e-135. So nothing is rounded before the product is complete.
"""

from __future__ import annotations

from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.numerics.exp import exp_pair, power_of_two
from nnspec.numerics.normal import ratio
from nnspec.numerics.pair import (
    add,
    divide,
    fast_two_sum,
    multiply,
    rounded,
    two_product,
    two_sum,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.numerics.pair import Number, Pair

LEAST = -2300.0  # exp of what is below, times the largest double twice, is no double
FAR = 68.0  # likewise for Φ(−68)
_LN2 = Context(prec=50).ln(Decimal(2)) * 1024
# 1024 ln 2 in two parts; the first has 51 bits, so that its triple is exact
_SHIFT1 = float(int(_LN2 * 2**41)) / 2**41
_SHIFT2 = float(_LN2 - Decimal(_SHIFT1))


def far_exp(x: NDArray[Any], dx: Number = 0.0) -> tuple[Pair, NDArray[Any]]:
    """Give exp(x + dx) as ((high, low), m), which means (high + low)·2^m, for x ≤ 0.

    It is good to about 2**-60. Below −2300, the exponent is so low that no product brings it back.
    """
    near = np.maximum(x, LEAST)
    k = np.rint(near * (-1 / 710))
    high, low = two_sum(near, k * _SHIFT1)
    high, low = fast_two_sum(high, low + k * _SHIFT2)
    e, m = exp_pair(high, low + dx)
    return e, np.where(x < LEAST, -9999, m - 1024 * k.astype(np.int64))


def far_sigmoid(x: NDArray[Any], dx: Number = 0.0) -> tuple[Pair, NDArray[Any]]:
    """Give σ(x + dx) as a pair with its exponent, to about 2**-60.

    Examples:
        >>> far_sigmoid(np.array([-1000.0, 0.0]))[1].tolist()
        [-1443, 0]
    """
    negative = x < 0
    e, m = far_exp(-np.abs(x), np.where(negative, dx, -dx))
    factor = power_of_two(m)
    high, low = fast_two_sum(1.0, e[0] * factor)
    over = np.where(negative, e[0], 1.0), np.where(negative, e[1], 0.0)
    return divide(over, (high, low + e[1] * factor)), np.where(negative, m, 0)


def far_normal_cdf(x: NDArray[Any]) -> tuple[Pair, NDArray[Any]]:
    """Give the normal distribution function as a pair with its exponent, to about 2**-53.8."""
    negative = x < 0
    t = np.minimum(np.abs(x), FAR)
    high, low = two_product(t, t)
    e, m = far_exp(-0.5 * high, -0.5 * low)
    tail = multiply(e, ratio(t))
    factor = power_of_two(m)
    complement = add((-tail[0] * factor, -tail[1] * factor), 1.0)
    gate = tuple(np.where(negative, a, b) for a, b in zip(tail, complement, strict=True))
    return (gate[0], gate[1]), np.where(negative, m, 0)


def product(value: NDArray[Any], gate: Pair, m: NDArray[Any], limit: NDArray[Any]) -> NDArray[Any]:
    """Give value·gate·2^m, to 1 ulp.

    Args:
        value: any float64.
        gate: of ordinary size; not finite where the gate is not.
        m: the exponent of the gate.
        limit: the gate where it or the value is not finite; its size does not matter there.

    Examples:
        >>> gate, m = far_sigmoid(np.array([-1000.0]))
        >>> product(np.array([1e300]), gate, m, gate[0])
        array([5.0759589e-135])
    """
    mantissa, exponent = np.frexp(value)
    both = np.clip(m + exponent, -5000, 5000).astype(np.intc)
    finite = np.ldexp(rounded(multiply(gate, (mantissa, 0.0))), both)
    result: NDArray[Any] = np.where(
        np.isfinite(value) & np.isfinite(gate[0]), finite, value * limit
    )
    return result
