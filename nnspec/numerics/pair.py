"""Pairs of doubles: an unevaluated sum high + low that holds about 106 bits.

Nothing but rounded sums, products and quotients is used, no fused multiply-add, so that every
machine gives the same bits. Magnitudes stay below 2**990, where splitting cannot overflow.

Source: T. J. Dekker, A floating-point technique for extending the available precision,
Numerische Mathematik 18 (1971); D. E. Knuth, The Art of Computer Programming, volume 2.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Number: TypeAlias = "NDArray[Any] | float"
Pair: TypeAlias = tuple[Any, Any]
_LARGEST = float(np.finfo(np.float64).max)


def constant(digits: str) -> Pair:
    """Split a decimal number into the nearest double and what is left.

    Examples:
        >>> constant("0.1")
        (0.1, -5.551115123125783e-18)
    """
    high = float(digits)
    return high, float(Decimal(digits) - Decimal(high))


def two_sum(a: Number, b: Number) -> Pair:
    """Add two doubles without an error: a + b = high + low.

    Examples:
        >>> two_sum(1.0, 1e-20)
        (1.0, 1e-20)
    """
    high = a + b
    rounded = high - a
    return high, (a - (high - rounded)) + (b - rounded)


def fast_two_sum(a: Number, b: Number) -> Pair:
    """Add two doubles of which a is the larger, without an error."""
    high = a + b
    return high, b - (high - a)


def halves(a: Number) -> Pair:
    """Split a double into two of 26 bits each, so that their products are exact."""
    scaled = 134217729.0 * a  # 2**27 + 1
    high = scaled - (scaled - a)
    return high, a - high


def two_product(a: Number, b: Number) -> Pair:
    """Multiply two doubles without an error, as long as nothing underflows.

    Examples:
        >>> two_product(0.1, 0.1)
        (0.010000000000000002, -8.326672684688674e-19)
    """
    high = a * b
    (a1, a2), (b1, b2) = halves(a), halves(b)
    return high, ((a1 * b1 - high) + a1 * b2 + a2 * b1) + a2 * b2


def multiply(a: Pair, b: Pair) -> Pair:
    """Multiply two pairs, to about 2**-103."""
    high, low = two_product(a[0], b[0])
    return fast_two_sum(high, low + (a[0] * b[1] + a[1] * b[0]))


def divide(a: Pair, b: Pair) -> Pair:
    """Divide one pair by another, to about 2**-103."""
    quotient = a[0] / b[0]
    high, low = two_product(quotient, b[0])
    return quotient, ((a[0] - high - low) + (a[1] - quotient * b[1])) / b[0]


def add(a: Pair, b: Number) -> Pair:
    """Add a double to a pair."""
    high, low = two_sum(a[0], b)
    return fast_two_sum(high, low + a[1])


def times(x: NDArray[Any], factor: Number) -> Pair:
    """Give x·factor for any x, with what rounding took off while that can matter.

    Zero times infinity is zero, as the limit is; beyond 1e15 the low part is left out.

    Examples:
        >>> times(np.array([0.1]), 0.1)[1]
        array([-8.32667268e-19])
    """
    if np.ndim(factor) == 0 and factor == 1.0:
        return x, 0.0
    finite = np.clip(x, -_LARGEST, _LARGEST)
    high, low = two_product(finite, factor)
    return high, np.where((np.abs(high) < 1e15) & np.isfinite(low), low, 0.0)


def rounded(a: Pair) -> NDArray[Any]:
    """Give the double nearest to a pair."""
    total: NDArray[Any] = a[0] + a[1]
    return total
