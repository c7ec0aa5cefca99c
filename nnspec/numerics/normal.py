"""The normal distribution function Φ with all its digits in the tail, alone and times x.

Φ(−t) = exp(−t²/2)·R(t), where R, Mills' ratio over √(2π), falls slowly from 1/2 to 1/(t√(2π)),
so that (1 + t)·R(t) is a polynomial in w = (t − 4) / (t + 4) to 2e-18 for all t ≥ 0.

Source of the substitution: M. M. Shepherd, J. G. Laframboise, Chebyshev approximation of
(1 + 2x) exp(x²) erfc x in 0 ≤ x < ∞, Mathematics of Computation 36 (1981). The coefficients
are our own, of the Chebyshev expansion, computed with 60 digits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.numerics.exp import exp_pair, scale
from nnspec.numerics.pair import (
    add,
    constant,
    divide,
    fast_two_sum,
    multiply,
    rounded,
    two_product,
    two_sum,
)
from nnspec.numerics.polynomial import horner

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.numerics.pair import Number, Pair

FAR = 40.0  # Φ(−40)·40 is below half the smallest subnormal
_FIRST = constant("0.4720532065098446834829026473997210836183")
_RATIO = (
    -0.09670347732652577,
    0.013999634724424455,
    0.02860036405354698,
    -0.032197837428028876,
    0.017936097479808313,
    -0.0050023785923607065,
    -0.0002856231002340135,
    0.000694897120184032,
    -9.443023204456728e-05,
    -8.785329222964207e-05,
    2.1249915729449347e-05,
    1.3627344150798229e-05,
    -3.4316562688625695e-06,
    -2.61426070042354e-06,
    4.029912427574402e-07,
    5.545351057486293e-07,
    4.242344418455244e-09,
    -1.1405819667561067e-07,
    -2.3315488161994288e-08,
    1.9877590086615577e-08,
    8.858538843412724e-09,
    -2.3909758560954607e-09,
    -1.9068104342795306e-09,
    9.975840281675827e-11,
    1.968773941157256e-10,
    1.2150315292579737e-11,
)
_SLOPE = tuple(k * c for k, c in enumerate(_RATIO[:8], 1))
RATIO_SINGLE = (
    0.4720532072258173,
    -0.09670344978648608,
    0.01399959058532665,
    0.02859958349669393,
    -0.032197529553481284,
    0.017942420679086413,
    -0.005001923629401388,
    -0.0003070581528535007,
    0.0006876355601409691,
    -6.125976484819594e-05,
    -7.074383693780798e-05,
)


def ratio(t: NDArray[Any]) -> Pair:
    """Give R(t) = Φ(−t)·exp(t²/2) for 0 ≤ t ≤ 40 as a pair, to about 2**-57."""
    w, dw = divide(two_sum(t, -4.0), two_sum(t, 4.0))
    rest = w * horner(_RATIO, w) + (dw * horner(_SLOPE, w) + _FIRST[1])
    return divide(fast_two_sum(_FIRST[0], rest), two_sum(t, 1.0))


def normal_cdf(x: NDArray[Any], times: Number = 1.0) -> NDArray[Any]:
    """Give Φ(x)·times, to 1.5 ulp.

    t² is split into two doubles; the factor enters before the exponent does, so that x·Φ(x)
    keeps its digits where Φ(x) is subnormal.

    Examples:
        >>> normal_cdf(np.array([-np.inf, -10.0, 0.0, 10.0]))
        array([0.00000000e+00, 7.61985302e-24, 5.00000000e-01, 1.00000000e+00])
    """
    t = np.minimum(np.abs(x), FAR)
    high, low = two_product(t, t)
    e, m = exp_pair(-0.5 * high, -0.5 * low)
    tail = multiply(e, ratio(t))
    left = scale(rounded(tail) * times, m)
    complement = add((-scale(tail[0], m), -scale(tail[1], m)), 1.0)
    return np.where(x < 0, left, rounded(complement) * times)


def normal_gate(x: NDArray[Any]) -> NDArray[Any]:
    """Give x·Φ(x), to 1.5 ulp; its limit at −∞ is −0.

    Examples:
        >>> normal_gate(np.array([-np.inf, -10.0, 1.0]))
        array([-0.00000000e+00, -7.61985302e-23,  8.41344746e-01])
    """
    return normal_cdf(x, times=np.maximum(x, -FAR))


def normal_cdf_single(x: NDArray[Any]) -> NDArray[Any]:
    """Give Φ(x) for numbers that come from float32, to 1e-9 of its size."""
    t = np.minimum(np.abs(x), FAR)
    tail = np.exp(-0.5 * t * t) * horner(RATIO_SINGLE, (t - 4.0) / (t + 4.0)) / (1.0 + t)
    result: NDArray[Any] = np.where(x < 0, tail, 1.0 - tail)
    return result
