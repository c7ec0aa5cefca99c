"""exp(x) − 1 to twice the digits of a double, for sums in which all but the last ones cancel."""

from __future__ import annotations

from decimal import Context, Decimal
from math import factorial
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.numerics.exp import power_of_two
from nnspec.numerics.pair import add, fast_two_sum, multiply, two_product, two_sum
from nnspec.numerics.polynomial import horner
from nnspec.numerics.roots import UNIT, powers_of_root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nnspec.numerics.pair import Pair

STEPS = 64
_EXACT = Context(prec=60)
_STEP = _EXACT.divide(_EXACT.ln(Decimal(2)), Decimal(STEPS))
# ln 2 / 64 in three parts; the first has 36 bits, so that its products with |k| < 2**17 are exact
_STEP1 = float(int(_STEP * 2**43)) / 2**43
_STEP2 = float(_EXACT.subtract(_STEP, Decimal(_STEP1)))
_STEP3 = float(_EXACT.subtract(_STEP, _EXACT.add(Decimal(_STEP1), Decimal(_STEP2))))
_ROOTS = powers_of_root(STEPS)
_HIGH = [root / UNIT for root in _ROOTS]
_ROOT1 = np.array(_HIGH)
_ROOT2 = np.array([(r - int(high * UNIT)) / UNIT for r, high in zip(_ROOTS, _HIGH, strict=True)])


def _inverse(number: int) -> Pair:
    exact = _EXACT.divide(Decimal(1), Decimal(number))
    return float(exact), float(_EXACT.subtract(exact, Decimal(float(exact))))


_FIRST = [_inverse(factorial(n)) for n in range(1, 6)]
_REST = tuple(1 / factorial(n) for n in range(6, 13))
_BEND = [_inverse(factorial(n) // 2) for n in range(2, 12)]
_BEND_REST = tuple(2 / factorial(n) for n in range(12, 21))


def sum_of_pairs(a: Pair, b: Pair) -> Pair:
    """Add two pairs, to about 2**-104 of the larger."""
    high, low = two_sum(a[0], b[0])
    more, rest = two_sum(a[1], b[1])
    high, low = fast_two_sum(high, low + more)
    return fast_two_sum(high, low + rest)


def _series(first: Sequence[Pair], rest: Sequence[float], x: Pair) -> Pair:
    """Give the polynomial with these coefficients, of which the last need no pairs."""
    total = fast_two_sum(first[-1][0], first[-1][1] + x[0] * horner(rest, x[0]))
    for coefficient in reversed(first[:-1]):
        total = sum_of_pairs(multiply(total, x), coefficient)
    return total


def fine_bend(x: NDArray[Any]) -> Pair:
    """Give (exp(x) − 1 − x)·2/x², which is 1 + x/3 + …, for |x| ≤ 1/8 to about 2**-100.

    Examples:
        >>> fine_bend(np.array([0.0, -0.125]))[0]
        array([1.        , 0.95960353])
    """
    return _series(_BEND, _BEND_REST, (x, 0.0))


def fine_expm1(x: NDArray[Any]) -> Pair:
    """Give exp(x) − 1 for −700 ≤ x ≤ 0 as a pair, to about 2**-100 of its own size.

    With exp(x) = 2^m·root·exp(r) as in `nnspec.numerics.exp`, and p = exp(r) − 1, it is
    2^m·root·p + (2^m·root − 1).

    Examples:
        >>> high, low = fine_expm1(np.array([-0.5]))
        >>> high, low
        (array([-0.39346934]), array([-6.59317842e-19]))
    """
    k = np.rint(x * float(1 / _STEP))
    steps = k.astype(np.int64)
    product, error = two_product(k, _STEP2)
    high, low = two_sum(x - k * _STEP1, -product)
    r = fast_two_sum(high, low - (error + k * _STEP3))
    p = multiply(_series(_FIRST, _REST, r), r)
    j = steps & (STEPS - 1)
    factor = power_of_two(steps >> 6)
    root = _ROOT1[j] * factor, _ROOT2[j] * factor
    return sum_of_pairs(multiply(root, p), add(root, -1.0))
