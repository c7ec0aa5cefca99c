"""Functions of one number in single precision, for engines that compile them.

A vector holds twice as many numbers of single precision as of double, and every rounding counts:
what a formula loses is kept in a second number, by fused multiply-adds, until the last rounding.
So the results are good to 2 ulp of a float32, down to its subnormals. Like
`nnspec.numerics.scalar` this is plain arithmetic and conditional expressions; every number,
constants too, is a float32 where an engine compiles it, and np.float32 in Python. On a machine
without fused multiply-add, engines take the forms in double precision.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from nnspec.numerics.scalar import clamped

UP = 2.0**64
DOWN = 2.0**-64
LOW = -110.0
"""exp(−110)·110 is below half the smallest subnormal of float32."""

_LOG2E = 1.4426950408889634
_ROUND = 12582912.0  # 1.5·2**23: a sum with it has an integer in its last bits
_LN2_HIGH = 0.693145751953125  # 16 bits: its products with exponents are exact
_LN2_LOW = 1.4286068203094173e-06
# (exp(r) − 1 − r) / r² for |r| up to ln 2 / 2, fitted for the largest error of exp(r): 3.2e-9
_SERIES = (0.00139506, 0.00836895406, 0.0416662060, 0.166665182, 0.5)


def multiply_add(a: float, b: float, c: float) -> float:
    """Give a·b + c with one rounding.

    Examples:
        >>> float(multiply_add(np.float32(2), 3.0, 1.0))
        7.0
    """
    single: Any = np.float32
    result: float = single(float(single(a)) * float(single(b)) + float(single(c)))
    return result


def scaled_power(shifted: float) -> float:
    """Give 2^(k + 64) for a whole number k from −190 to 63, as k + 1.5·2^23.

    Examples:
        >>> float(scaled_power(np.float32(12582912.0 - 64)))
        1.0
    """
    single: Any = np.float32
    return single(math.ldexp(UP, int(shifted - _ROUND))) if shifted == shifted else shifted


def exp_parts(x: float) -> tuple[float, float]:
    """Give m and p with exp(x)·2^64 = p·(1 + m) and p a power of two, for x from LOW to 44.

    Examples:
        >>> m, p = exp_parts(np.float32(1))
        >>> round(float(p * (1 + m) * DOWN), 6)
        2.718282
    """
    less, shifted = _reduced(x)
    return less, scaled_power(shifted)


def exp_parts_of_sum(x: float, dx: float) -> tuple[float, float]:
    """Give `exp_parts` of x + dx, where dx is what a rounding to x has lost."""
    shifted = multiply_add(x, _LOG2E, _ROUND)
    k = shifted - _ROUND
    r = multiply_add(k, -_LN2_HIGH, x) + multiply_add(k, -_LN2_LOW, dx)
    return _less(r), scaled_power(shifted)


def exp(x: float) -> float:
    """Give the exponential of any x, to 1.1 ulp.

    Examples:
        >>> round(float(exp(np.float32(1))), 6)
        2.718282
    """
    x = clamped(x, LOW, 89.0)  # exp(89) is infinite
    less, shifted = _reduced(x)
    power = scaled_power(shifted if x < 0.0 else shifted - 128.0)  # 2^(k ± 64)
    return multiply_add(less, power, power) * (DOWN if x < 0.0 else UP)


def expm1(x: float) -> float:
    """Give exp(x) − 1 for x ≤ 0, to 1 ulp.

    Examples:
        >>> round(float(expm1(np.float32(-1))), 6)
        -0.632121
    """
    x = -18.0 if x < -18.0 else x  # from here on it is −1
    less, shifted = _reduced(x)
    power = scaled_power(shifted - 64.0)
    return multiply_add(less, power, power - 1.0)


def product(x: float, factor: float) -> float:
    """Give x·factor with one rounding, where the factor is a constant in double precision.

    Examples:
        >>> round(float(product(np.float32(7), 0.1)), 6)
        0.7
    """
    high, low = parts(factor)  # they have one sign, which a zero keeps
    return multiply_add(x, high, x * low)


def _reduced(x: float) -> tuple[float, float]:
    """Give exp(r) − 1 and k + 1.5·2^23 with x = k·ln 2 + r."""
    shifted = multiply_add(x, _LOG2E, _ROUND)
    k = shifted - _ROUND
    return _less(multiply_add(k, -_LN2_LOW, multiply_add(k, -_LN2_HIGH, x))), shifted


def _less(r: float) -> float:
    """Give exp(r) − 1 for |r| up to ln 2 / 2."""
    total = _SERIES[0]
    for coefficient in _SERIES[1:]:
        total = multiply_add(total, r, coefficient)
    return multiply_add(total * r, r, r)


def quotient(over: float, under: float, rest: float) -> float:
    """Give over / (under + rest) with one rounding; the rest is small.

    With i = 1/under as it is rounded, and d = 1 − (under + rest)·i, the inverse is i + i·d, but
    for d².

    Examples:
        >>> float(quotient(np.float32(1), np.float32(4), 0.0))
        0.25
    """
    i, correction = inverse(under, rest)
    return multiply_add(over, i, over * correction)


def quotient_of_sums(over: float, over_rest: float, under: float, rest: float) -> float:
    """Give (over + over_rest) / (under + rest) with one rounding; both rests are small.

    Examples:
        >>> float(quotient_of_sums(np.float32(1), 0.0, np.float32(4), 0.0))
        0.25
    """
    i, correction = inverse(under, rest)
    return multiply_add(over, i, multiply_add(over_rest, i, over * correction))


def inverse(under: float, rest: float) -> tuple[float, float]:
    """Give 1 / (under + rest) as it is rounded, and what it lacks; the rest is small.

    Examples:
        >>> i, lack = inverse(np.float32(3), 0.0)
        >>> round((float(i) + float(lack)) * 3, 12)
        1.0
    """
    i = 1.0 / under
    return i, i * multiply_add(-rest, i, multiply_add(-under, i, 1.0))


def gate(factor: float, less: float, power: float) -> float:
    """Give factor·σ(z)·2^64 for a z ≤ 0 of which `less` and `power` are the `exp_parts`.

    Examples:
        >>> float(gate(1.0, *exp_parts(np.float32(0))) * DOWN)
        0.5
    """
    e = multiply_add(less, power, power)
    under = multiply_add(e, DOWN, 1.0)
    rest = multiply_add(e, DOWN, 1.0 - under)
    near = factor * power
    return quotient(multiply_add(near, less, near), under, rest)


def parts(number: float) -> tuple[float, float]:
    """Split a constant in double precision into two numbers, both nearer to zero.

    Examples:
        >>> high, low = parts(0.1)
        >>> round(float(high) + float(low), 12)
        0.1
    """
    high: Any = np.float32(number * 0.9999999)
    low: Any = np.float32(number - np.float64(high))
    return high, low


def swish(x: float, high: float, low: float) -> float:
    """Give x·σ(β·x) for a β in two parts, both above zero or both below.

    With t = |x| and s = t·σ(−|β|·t), its size is s where β·x is negative, else t − s.

    Examples:
        >>> round(float(swish(np.float32(1), *parts(1.702))), 6)
        0.845796
    """
    t = abs(x)
    z = -t * abs(high)
    far = z < -130.0
    dz = multiply_add(-t, abs(low), multiply_add(-t, abs(high), -z))
    less, power = exp_parts_of_sum(-130.0 if far else z, 0.0 if far else dz)
    near = 1.0 if far else t
    left = x < 0.0 if high > 0.0 else x > 0.0
    size = multiply_add(gate(-near, less, power), DOWN, 0.0 if left else t)
    return math.copysign(size, x)
