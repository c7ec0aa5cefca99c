"""Powers of a root of two as integers: exact enough for pairs, and there in no time."""

from __future__ import annotations

from math import isqrt

UNIT = 1 << 200
"""What one is written as; the last few bits are rounded."""


def powers_of_root(steps: int) -> list[int]:
    """Give 2^(j/steps) for j = 0 … steps − 1, in units of 1 / UNIT; steps is a power of two.

    The root comes from square roots of integers, one after the other; decimal would need some
    milliseconds for as many digits, whenever nnspec is imported.

    Examples:
        >>> [power / UNIT for power in powers_of_root(2)]
        [1.0, 1.4142135623730951]
    """
    root = 2 * UNIT
    for _ in range(steps.bit_length() - 1):
        root = isqrt(root * UNIT)
    powers = [UNIT]
    while len(powers) < steps:
        powers.append(powers[-1] * root // UNIT)
    return powers
