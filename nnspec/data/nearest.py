"""Whole numbers times powers of ten, many at once, each as the float64 nearest to the product.

A product is known to 64 bits or a little less: a whole number of 64 bits times the first 64 bits
of the power of ten. Where both ends of what it may be round to one float64, that is the nearest
(D. Lemire, Number parsing at a gigabyte per second, 2021); one in a few hundred is unsure.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST, MOST = -307, 288
"""Of the powers of ten: between them every number of 64 bits has a product that is normal."""
_HALF = np.uint64(32)
_LOWER = np.uint64(0xFFFFFFFF)
_LOST = np.uint64(4)
"""By so many units the first 64 bits of a product may be too small: for the bits of the power that
were cut off, and for the three products of halves that each lose less than one."""


def nearest(
    numbers: NDArray[np.uint64], powers: NDArray[Any]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Give numbers × 10^powers, and which of them are the nearest for sure.

    No number may be zero, and no power less than LEAST or more than MOST.

    Examples:
        >>> nearest(np.array([9007199254740993, 15], np.uint64), np.array([3, -1]))
        (array([9.00719925e+18, 1.50000000e+00]), array([ True,  True]))
    """
    first, exponent = _table()
    bits = np.frexp(numbers.astype(np.float64))[1].astype(np.int64)
    shift = np.maximum(64 - bits, 0)
    number = numbers << shift.astype(np.uint64)
    power = first[powers - LEAST]
    a, b = number >> _HALF, number & _LOWER
    c, d = power >> _HALF, power & _LOWER
    product = a * c + (a * d >> _HALF) + (b * c >> _HALF)
    lower, upper = product.astype(np.float64), (product + _LOST).astype(np.float64)
    scale = (exponent[powers - LEAST] - shift) << 52
    return (lower.view(np.int64) + scale).view(np.float64), lower == upper


@cache
def _table() -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Give 10^k = first × 2^(exponent - 64), the first rounded down, for each k from LEAST on."""
    first, exponent = [], []
    for k in range(LEAST, MOST + 1):
        power = 10 ** abs(k)
        bits = power.bit_length()
        first.append((1 << bits + 63) // power if k < 0 else (power << 64) >> bits)
        exponent.append(1 - bits if k < 0 else bits)
    return np.array(first, np.uint64), np.array(exponent, np.int64)
