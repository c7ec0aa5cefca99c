"""Functions of one number in double precision, for engines that compile them.

They are made of `math.exp`, `math.expm1` and plain arithmetic, with conditional expressions in
place of branches, so that a compiler can do many numbers at once. Results are good to a few ulp
of a double, the normal distribution function to 1e-8 of its size.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from nnspec.numerics.normal import RATIO_SINGLE
from nnspec.numerics.softplus import ATANH

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST = 709.782712893384
"""The exponential of what is larger is infinite."""

_RATIO = tuple(reversed(RATIO_SINGLE))
_ATANH = tuple(reversed(ATANH))


def multiply_add(a: float, b: float, c: float) -> float:
    """Give a·b + c; with one rounding where an engine compiles it and the machine can.

    Examples:
        >>> multiply_add(2.0, 3.0, 1.0)
        7.0
    """
    return a * b + c


def added(total: float, value: float) -> float:
    """Give total + value for a sum of many, which an engine that compiles may order as it likes.

    Examples:
        >>> added(2.0, 3.0)
        5.0
    """
    return total + value


def largest(row: NDArray[Any]) -> Any:
    """Give the largest number of a row, by four that do not wait for each other.

    A NaN may be passed over.

    Examples:
        >>> import numpy as np
        >>> float(largest(np.array([2.0, 1.0, 5.0, 3.0, 4.0])))
        5.0
    """
    a = b = c = d = row[0]
    for k in range(0, row.size - 3, 4):
        a = row[k] if row[k] > a else a
        b = row[k + 1] if row[k + 1] > b else b
        c = row[k + 2] if row[k + 2] > c else c
        d = row[k + 3] if row[k + 3] > d else d
    for k in range(row.size - row.size % 4, row.size):
        a = row[k] if row[k] > a else a
    a = b if b > a else a
    c = d if d > c else c
    return c if c > a else a


def exp(x: float) -> float:
    """Give the exponential of any x, infinite where `math.exp` raises an error.

    Examples:
        >>> exp(-1e300), exp(0.0), exp(710.0)
        (0.0, 1.0, inf)
    """
    near = clamped(x, -750.0, LARGEST)
    return math.inf if x > LARGEST else math.exp(near)


def sigmoid(x: float) -> float:
    """Give 1 / (1 + exp(−x)).

    Examples:
        >>> sigmoid(0.0), sigmoid(-800.0), sigmoid(800.0)
        (0.5, 0.0, 1.0)
    """
    e = math.exp(-abs(x))
    return (e if x < 0.0 else 1.0) / (1.0 + e)


def log1p_exp(x: float) -> float:
    """Give log(1 + exp(x)) for x ≤ 0, as 2 atanh(s) with s = e / (2 + e).

    Examples:
        >>> round(log1p_exp(0.0), 12)
        0.69314718056
    """
    e = math.exp(x)
    s = e / (2.0 + e)
    squared = s * s
    total = 0.0
    for coefficient in _ATANH:
        total = multiply_add(total, squared, coefficient)
    return 2.0 * (s + s * squared * total)


def normal_cdf(x: float) -> float:
    """Give the normal distribution function.

    Examples:
        >>> round(normal_cdf(1.0), 8)
        0.84134475
    """
    t = abs(x)
    t = 40.0 if t > 40.0 else t
    inverse = 1.0 / ((t + 4.0) * (t + 1.0))  # one division for both
    w = (t - 4.0) * (t + 1.0) * inverse
    total = 0.0
    for coefficient in _RATIO:
        total = multiply_add(total, w, coefficient)
    tail = math.exp(-0.5 * t * t) * total * (t + 4.0) * inverse
    return tail if x < 0.0 else 1.0 - tail


def clamped(x: float, low: float, high: float) -> float:
    """Give min(max(x, low), high); NaN stays NaN.

    Examples:
        >>> clamped(3.0, -1.0, 1.0)
        1.0
    """
    x = low if x < low else x
    return high if x > high else x
