"""math.exp, math.expm1 and math.tanh as straight lines of arithmetic, which LLVM vectorises.

For float64 each is good to about 2 ulp over all doubles, subnormal results, infinities and NaN
among them. For float32 they are good to 3e-10, and what leaves its range may be any number beyond
it. A number has the same bits in a vector and alone.
"""

from __future__ import annotations

import math
from decimal import Context, Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from nnspec.engines.numba.codegen import memory
from nnspec.engines.numba.codegen.jit import inlined
from nnspec.engines.numba.codegen.memory import as_bits, as_double
from nnspec.numerics import float32, scalar

if TYPE_CHECKING:
    from collections.abc import Callable

multiply_add = memory.multiply_add(8)

_LN2 = Context(prec=50).ln(Decimal(2))
_LN2_HIGH = float(int(_LN2 * 2**40)) / 2**40  # its products with the exponents of doubles are exact
_LN2_LOW = float(_LN2 - Decimal(_LN2_HIGH))
_LN2_NEAR = float(_LN2)
_LOG2E = 1.4426950408889634
_ROUND = 6755399441055744.0  # 1.5·2**52: a sum with it has an integer in its last bits
_ROUND_BITS = 0x4338000000000000
_SIGN = -(2**63)
_SERIES = tuple(1.0 / math.factorial(k) for k in range(13, 1, -1))
# (exp(r) − 1 − r) / r² for |r| up to ln 2 / 2, by Chebyshev's expansion with 60 digits: exp(r) is
# good to 2.3e-10
_SHORT = (
    0.000198992878405384,
    0.0013933652487807975,
    0.008333298466399871,
    0.04166646489535542,
    0.16666666719039147,
    0.5000000013470303,
)


@cache
def replacements(itemsize: int) -> dict[Callable[..., Any], Callable[..., Any]]:
    """Map functions that a scalar form calls to those that stand for them in machine code."""
    exp, expm1, tanh = _single() if itemsize == 4 else _double()
    return {
        math.exp: exp,
        math.expm1: expm1,
        math.tanh: tanh,
        scalar.multiply_add: multiply_add,
        scalar.added: memory.added,
        float32.multiply_add: memory.multiply_add(4),
        float32.scaled_power: memory.scaled_power,
    }


@inlined
def _power_of_two(k: int) -> float:
    return as_double((k + 1023) << 52)


@inlined
def _with_sign(size: float, x: float) -> float:
    return as_double(as_bits(size) & ~_SIGN | as_bits(x) & _SIGN)


def _single() -> tuple[Callable[[float], float], ...]:
    @inlined
    def parts(x: float) -> tuple[float, float]:
        """Give exp(r) − 1 and 2^k with x = k·ln 2 + r, for x brought to −708 … 709."""
        x = -708.0 if x < -708.0 else x
        x = 709.0 if x > 709.0 else x
        shifted = multiply_add(x, _LOG2E, _ROUND)
        r = multiply_add(shifted - _ROUND, -_LN2_NEAR, x)
        total = _SHORT[0]
        for coefficient in _SHORT[1:]:
            total = multiply_add(total, r, coefficient)
        return multiply_add(total * r, r, r), as_double((as_bits(shifted) + 1023) << 52)

    @inlined
    def exp(x: float) -> float:
        less, power = parts(x)
        return multiply_add(less, power, power)

    @inlined
    def expm1(x: float) -> float:
        less, power = parts(x)
        return multiply_add(less, power, power - 1.0)

    @inlined
    def tanh(x: float) -> float:
        less = expm1(-2.0 * as_double(as_bits(x) & ~_SIGN))
        return _with_sign(less / (2.0 + less), x)

    return exp, expm1, tanh


def _double() -> tuple[Callable[[float], float], ...]:
    @inlined
    def parts(x: float) -> tuple[float, int]:
        """Give exp(r) − 1 and k with x = k·ln 2 + r, for x from −746 to 710."""
        shifted = multiply_add(x, _LOG2E, _ROUND)
        k = shifted - _ROUND
        r = multiply_add(k, -_LN2_LOW, multiply_add(k, -_LN2_HIGH, x))
        total = _SERIES[0]
        for coefficient in _SERIES[1:]:
            total = multiply_add(total, r, coefficient)
        return multiply_add(total * r, r, r), as_bits(shifted) - _ROUND_BITS

    @inlined
    def exp(x: float) -> float:
        x = -746.0 if x < -746.0 else x  # exp is 0 there, and ∞ beyond 710
        x = 710.0 if x > 710.0 else x
        less, k = parts(x)
        half = k >> 1
        return (1.0 + less) * _power_of_two(half) * _power_of_two(k - half)

    @inlined
    def expm1(x: float) -> float:
        near = -60.0 if x < -60.0 else x
        near = 60.0 if near > 60.0 else near
        less, k = parts(near)
        power = _power_of_two(k)
        return exp(x) if x > 60.0 else multiply_add(less, power, power - 1.0)

    @inlined
    def tanh(x: float) -> float:
        less = expm1(-2.0 * as_double(as_bits(x) & ~_SIGN))
        return _with_sign(less / (2.0 + less), x)

    return exp, expm1, tanh
