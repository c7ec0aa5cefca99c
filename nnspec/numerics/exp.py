"""The exponential function, as a pair of doubles with an exponent of its own."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.numerics.pair import fast_two_sum, halves, rounded
from nnspec.numerics.roots import UNIT, powers_of_root

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.numerics.pair import Number, Pair

STEPS = 64
_EXACT = Context(prec=50)
_LN2 = _EXACT.ln(Decimal(2))
# ln 2 / 64 in two parts; the first has 36 bits, so that its products with |k| < 2**17 are exact
_STEP1 = float(int(_LN2 / STEPS * 2**43)) / 2**43
_STEP2 = float(_LN2 / STEPS - Decimal(_STEP1))
# 2**(j/64) in two parts; the first has 26 bits
_ROOTS = powers_of_root(STEPS)
_HIGH = [root * 2**25 // UNIT for root in _ROOTS]
_ROOT1 = np.array([high / 2**25 for high in _HIGH])
_ROOT2 = np.array(
    [(r - high * UNIT // 2**25) / UNIT for r, high in zip(_ROOTS, _HIGH, strict=True)]
)


def exp_terms(x: NDArray[Any], dx: Number = 0.0) -> tuple[Any, Any, Any, NDArray[Any]]:
    """Give a, b, c, m with exp(x + dx) = (a + b + c)·2^m; a + b is exact and c is small.

    With k = round(64 x / ln 2), j = k mod 64 and r = x − k ln 2 / 64, which is below 0.0055:
    exp(x) = 2^(k div 64) · 2^(j/64) · exp(r). Near x = 0, a is 1 and b + c is exp(x) − 1 with
    all its digits.

    Args:
        x: float64 from −1000 to 709, or NaN.
        dx: what x lacks of the true argument, much smaller than x.
    """
    k = np.rint(x * float(STEPS / _LN2))
    steps = k.astype(np.int64)
    exact = x - k * _STEP1
    r = exact - k * _STEP2
    rest = ((exact - r) - k * _STEP2) + dx
    r1, r2 = halves(r)
    squares = r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))))
    j = steps & (STEPS - 1)
    root1, root2 = _ROOT1[j], _ROOT2[j]
    small = root1 * r2 + (root2 + (root2 * r + (root1 + root2) * (rest + rest * r + squares)))
    return root1, root1 * r1, small, steps >> 6


def exp_pair(x: NDArray[Any], dx: Number = 0.0) -> tuple[Pair, NDArray[Any]]:
    """Give exp(x + dx) as ((high, low), m), which means (high + low)·2^m, to about 2**-65."""
    a, b, c, m = exp_terms(x, dx)
    high, low = fast_two_sum(a, b)
    return fast_two_sum(high, low + c), m


def scale(y: NDArray[Any], m: NDArray[Any]) -> NDArray[Any]:
    """Give y·2^m for |m| below 2000, rounded once where the result is subnormal."""
    half = m >> 1
    result: NDArray[Any] = y * power_of_two(half) * power_of_two(m - half)
    return result


def power_of_two(m: NDArray[Any]) -> NDArray[Any]:
    """Give 2^m for m up to 1023 by its bits; below −1022, where it is negligible, 2^−1022."""
    result: NDArray[Any] = ((np.maximum(m, -1022) + 1023) << 52).view(np.float64)
    return result


def exp(x: NDArray[Any]) -> NDArray[Any]:
    """Give the exponential of any float64, to 0.51 ulp.

    Examples:
        >>> exp(np.array([-np.inf, 0.0, 1.0]))
        array([0.        , 1.        , 2.71828183])
    """
    pair, m = exp_pair(np.clip(x, -1000.0, 1000.0))
    return scale(rounded(pair), m)
