"""The logistic function σ(x) = 1 / (1 + exp(−x)), alone and as a gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.numerics.exp import exp_pair, power_of_two, scale
from nnspec.numerics.pair import divide, fast_two_sum, rounded

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.numerics.pair import Number


_MANY = 4096
LOG2E = 1.4426950408889634
# Arrays, since a ufunc would make one of a number at every call.
_ONE, _LOWEST, _MINUS_LOG2E = np.array(1.0), np.array(-1e39), np.array(-LOG2E)


def sigmoid(x: NDArray[Any], dx: Number = 0.0, times: Number = 1.0) -> NDArray[Any]:
    """Give σ(x + dx)·times, to 1.5 ulp.

    With e = exp(−|x|), σ is e / (1 + e) left of zero and 1 / (1 + e) right of it. The factor
    enters before the exponent does, so that x·σ(x) keeps its digits where σ(x) is subnormal.

    Examples:
        >>> sigmoid(np.array([-800.0, 0.0, 800.0]))
        array([0. , 0.5, 1. ])
        >>> sigmoid(np.array([-700.0]), times=np.array([-700.0]))
        array([-6.901...e-302])
    """
    negative = x < 0
    e, m = exp_pair(np.maximum(-np.abs(x), -1000.0), np.where(negative, dx, -dx))
    factor = power_of_two(m)
    high, low = fast_two_sum(1.0, e[0] * factor)
    over = np.where(negative, e[0], 1.0), np.where(negative, e[1], 0.0)
    quotient = divide(over, (high, low + e[1] * factor))
    return scale(rounded(quotient) * times, np.where(negative, m, 0))


def sigmoid_single(x: NDArray[Any]) -> NDArray[Any]:
    """Give σ(x) for numbers that come from float32, good to a few ulp of a double, in place."""
    np.multiply(x, _MINUS_LOG2E, x)
    np.exp2(x, x)
    np.add(x, _ONE, x)
    np.divide(_ONE, x, x)
    return x


def gate(x: NDArray[Any], z: NDArray[Any], dz: Number = 0.0) -> NDArray[Any]:
    """Give x·σ(z + dz), to 1.5 ulp, where z goes with x: its limit is 0 for z → −∞."""
    return sigmoid(z, dz, times=np.where(z < -1000.0, np.copysign(1.0, x), x))


def gate_single(x: NDArray[Any], z: NDArray[Any]) -> NDArray[Any]:
    """Give x·σ(z) for an x that comes from float32, in the place of z, which may be x."""
    if z is x:
        return gate_by_power(x, np.multiply(x, _MINUS_LOG2E))
    return gate_by_power(x, np.multiply(z, _MINUS_LOG2E, z))


def finite_below(x: NDArray[Any]) -> NDArray[Any]:
    """Give numbers that come from float32 with −1e39 for −∞, and maybe for NaN.

    Where there are many, to look for one that has to be replaced is faster than to replace it.
    """
    if x.size > _MANY and x.min() >= _LOWEST:
        return x
    near: NDArray[Any] = np.fmax(x, _LOWEST)  # faster than np.maximum
    return near


def gate_by_power(x: NDArray[Any], z: NDArray[Any]) -> NDArray[Any]:
    """Give x / (1 + 2^z), which is x·σ(−z ln 2), for an x from float32, in the place of z.

    An x of −∞, or with a z of ∞, must not be infinite.
    """
    near = finite_below(x)  # what is NaN stays so in z
    np.exp2(z, z)  # faster than np.exp
    np.add(z, _ONE, z)
    np.divide(near, z, z)
    return z
