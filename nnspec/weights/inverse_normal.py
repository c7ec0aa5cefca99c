"""The inverse Φ⁻¹ of the normal distribution, the same bits on every machine.

Source: Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied
Statistics 37 (1988), routine PPND16: a quotient of polynomials in p - 1/2 in the centre, and in
√(-ln p) in the tails. The logarithm is computed here too, by operations that IEEE 754 rounds
exactly, since those of C libraries differ in their last bits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LN2 = 0.6931471805599453

# Numerator and denominator each, the highest power first.
_CENTRE = (
    (
        2509.0809287301226727,
        33430.575583588128105,
        67265.770927008700853,
        45921.953931549871457,
        13731.693765509461125,
        1971.5909503065514427,
        133.14166789178437745,
        3.387132872796366608,
    ),
    (
        5226.495278852545925,
        28729.085735721942674,
        39307.89580009271061,
        21213.794301586595867,
        5394.1960214247511077,
        687.1870074920579083,
        42.313330701600911252,
        1.0,
    ),
)
_MIDDLE = (
    (
        7.7454501427834140764e-4,
        0.0227238449892691845833,
        0.24178072517745061177,
        1.27045825245236838258,
        3.64784832476320460504,
        5.7694972214606914055,
        4.6303378461565452959,
        1.42343711074968357734,
    ),
    (
        1.05075007164441684324e-9,
        5.475938084995344946e-4,
        0.0151986665636164571966,
        0.14810397642748007459,
        0.68976733498510000455,
        1.6763848301838038494,
        2.05319162663775882187,
        1.0,
    ),
)
_TAIL = (
    (
        2.01033439929228813265e-7,
        2.71155556874348757815e-5,
        0.0012426609473880784386,
        0.026532189526576123093,
        0.29656057182850489123,
        1.7848265399172913358,
        5.4637849111641143699,
        6.6579046435011037772,
    ),
    (
        2.04426310338993978564e-15,
        1.4215117583164458887e-7,
        1.8463183175100546818e-5,
        7.868691311456132591e-4,
        0.0148753612908506148525,
        0.13692988092273580531,
        0.59983220655588793769,
        1.0,
    ),
)


def inverse_normal(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the x with Φ(x) = p for 0 < p < 1, to a relative error of 1e-15.

    Examples:
        >>> inverse_normal(np.array([0.5, 0.975])).tolist()
        [0.0, 1.95996398454005...]
    """
    q = p - 0.5
    deviates = q * _ratio(_CENTRE, 0.180625 - q * q)
    outer = np.abs(q) > 0.425
    r = np.sqrt(-_log(np.minimum(p[outer], 1.0 - p[outer])))
    tail = np.where(r <= 5.0, _ratio(_MIDDLE, r - 1.6), _ratio(_TAIL, r - 5.0))
    deviates[outer] = np.where(q[outer] < 0.0, -tail, tail)
    return deviates


def _log(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logarithm of p = m · 2ᵉ: e ln 2 + 2 artanh s with s = (m - 1) / (m + 1), m in [1/2, 1).

    artanh s = s + s³/3 + … + s³³/33 by Horner's rule; |s| <= 1/3, so that the rest is below 1e-17.
    """
    m, e = np.frexp(p)
    s = (m - 1.0) / (m + 1.0)
    square = s * s
    series = np.full_like(s, 1.0 / 33.0)
    for odd in range(31, 0, -2):
        series = series * square + 1.0 / odd
    logarithm: NDArray[np.float64] = e * _LN2 + 2.0 * (s * series)
    return logarithm


def _ratio(
    polynomials: tuple[tuple[float, ...], tuple[float, ...]], x: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Evaluate numerator / denominator, each by Horner's rule."""
    numerator, denominator = polynomials
    ratio: NDArray[np.float64] = _horner(numerator, x) / _horner(denominator, x)
    return ratio


def _horner(coefficients: tuple[float, ...], x: NDArray[np.float64]) -> NDArray[np.float64]:
    value = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        value = value * x + coefficient
    return value
