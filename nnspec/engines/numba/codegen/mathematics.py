"""math.exp, math.expm1 and math.tanh as straight lines of arithmetic, which LLVM vectorises.

Each is good to about 1 ulp over all doubles, subnormal results, infinities and NaN among them,
and gives a number the same bits in a vector and alone.
"""

from __future__ import annotations

import math
from decimal import Context, Decimal

from nnspec.engines.numba.codegen.jit import inlined
from nnspec.engines.numba.codegen.memory import as_bits, as_double, multiply_add

_LN2 = Context(prec=50).ln(Decimal(2))
_LN2_HIGH = float(int(_LN2 * 2**40)) / 2**40  # its products with the exponents of doubles are exact
_LN2_LOW = float(_LN2 - Decimal(_LN2_HIGH))
_LOG2E = 1.4426950408889634
_ROUND = 6755399441055744.0  # 1.5·2**52: a sum with it has an integer in its last bits
_ROUND_BITS = 0x4338000000000000
_BEYOND = -746.0, 710.0  # exp is 0 and ∞ there
_SERIES = tuple(1.0 / math.factorial(k) for k in range(13, 1, -1))
_SIGN = -(2**63)


@inlined
def _reduced(x: float) -> tuple[float, int]:
    """Give exp(r) − 1 and k with x = k·ln 2 + r, for x from −746 to 710."""
    shifted = multiply_add(x, _LOG2E, _ROUND)
    k = shifted - _ROUND
    r = multiply_add(k, -_LN2_LOW, multiply_add(k, -_LN2_HIGH, x))
    total = _SERIES[0]
    for coefficient in _SERIES[1:]:
        total = multiply_add(total, r, coefficient)
    return multiply_add(total * r, r, r), as_bits(shifted) - _ROUND_BITS


@inlined
def _power_of_two(k: int) -> float:
    return as_double((k + 1023) << 52)


@inlined
def exp(x: float) -> float:
    """Give e to the power of x."""
    x = _BEYOND[0] if x < _BEYOND[0] else x
    x = _BEYOND[1] if x > _BEYOND[1] else x
    less, k = _reduced(x)
    half = k >> 1
    return (1.0 + less) * _power_of_two(half) * _power_of_two(k - half)


@inlined
def expm1(x: float) -> float:
    """Give exp(x) − 1 with all its digits near zero."""
    near = -60.0 if x < -60.0 else x
    near = 60.0 if near > 60.0 else near
    less, k = _reduced(near)
    power = _power_of_two(k)
    near = multiply_add(less, power, power - 1.0)
    near = x if -1e-300 < x < 1e-300 else near
    return exp(x) if x > 60.0 else near


@inlined
def tanh(x: float) -> float:
    """Give the hyperbolic tangent; the sign of zero is kept."""
    size = as_double(as_bits(x) & ~_SIGN)
    less = expm1(-2.0 * size)
    result = -less / (2.0 + less)
    return as_double(as_bits(result) & ~_SIGN | as_bits(x) & _SIGN)
