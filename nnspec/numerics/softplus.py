"""log(1 + exp(x)), the smooth ramp."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.numerics.exp import exp_pair, power_of_two, scale
from nnspec.numerics.pair import divide, fast_two_sum
from nnspec.numerics.polynomial import horner

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.numerics.pair import Number

# (atanh(s) / s − 1) / s² as a polynomial in s² up to 1/9, by Chebyshev's expansion: 1e-18
ATANH = (
    0.3333333333333333,
    0.20000000000000007,
    0.14285714285710904,
    0.11111111111675365,
    0.09090909042326178,
    0.07692310155391835,
    0.06666587727033403,
    0.058840114762451746,
    0.05240063383959254,
    0.04971927414133986,
    0.03163583391584537,
    0.07621319938612596,
)


def log1p_exp(x: NDArray[Any], dx: Number = 0.0, over: float = 1.0) -> NDArray[Any]:
    """Give log(1 + exp(x + dx)) / over for x ≤ 0, to 1.5 ulp (0.6 where over is 1).

    With e = exp(x) and s = e / (2 + e), log(1 + e) is 2 atanh(s). The division comes before
    the exponent is put in, so that no digit is lost in a subnormal.
    """
    e, m = exp_pair(np.maximum(x, -1000.0), dx)
    factor = power_of_two(m)
    high, low = fast_two_sum(2.0, e[0] * factor)
    s, rest = divide(e, (high, low + e[1] * factor))
    squared = (s * factor) * (s * factor)
    total = s + (rest + s * squared * horner(ATANH, squared))
    return scale(2.0 * total / over, m)


def softplus(x: NDArray[Any]) -> NDArray[Any]:
    """Give log(1 + exp(x)), to 1.1 ulp.

    Examples:
        >>> softplus(np.array([-np.inf, -745.0, 0.0, 1e308]))
        array([0.00000000e+000, 4.94065646e-324, 6.93147181e-001, 1.00000000e+308])
    """
    result: NDArray[Any] = np.maximum(x, 0.0) + log1p_exp(-np.abs(x))
    return result


def softplus_single(x: NDArray[Any]) -> NDArray[Any]:
    """Give log(1 + exp(x)) for numbers that come from float32."""
    result: NDArray[Any] = np.maximum(x, 0.0) + np.log1p(np.exp(-np.minimum(np.abs(x), 700.0)))
    return result
