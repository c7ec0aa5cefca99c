"""Numbers at addresses, bits as numbers, functions at addresses: what Numba has no word for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from numba.np import arrayobj

from nnspec.engines.numba.machine import machine

if TYPE_CHECKING:
    from collections.abc import Callable

_NUMBERS = {4: (types.float32, ir.FloatType()), 8: (types.float64, ir.DoubleType())}


@cache
def load(itemsize: int) -> Callable[[int, int], Any]:
    """Give `load(address, index)` of an array of such numbers."""
    number, low = _NUMBERS[itemsize]

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.load(builder.gep(builder.inttoptr(args[0], low.as_pointer()), [args[1]]))

    def read(typing: Any, address: Any, index: Any) -> Any:
        return number(types.int64, types.int64), codegen

    made: Callable[[int, int], Any] = intrinsic(read)
    return made


@cache
def store(itemsize: int) -> Callable[[int, int, Any], None]:
    """Give `store(address, index, value)` for an array of such numbers."""
    number, low = _NUMBERS[itemsize]

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        address, index, value = args
        builder.store(value, builder.gep(builder.inttoptr(address, low.as_pointer()), [index]))
        return context.get_dummy_value()

    def write(typing: Any, address: Any, index: Any, value: Any) -> Any:
        return types.void(types.int64, types.int64, number), codegen

    made: Callable[[int, int, Any], None] = intrinsic(write)
    return made


@cache
def array(itemsize: int) -> Callable[[int, int], Any]:
    """Give `array(address, size)`, a view of such numbers."""
    number, low = _NUMBERS[itemsize]

    kind = types.Array(number, 1, "C")

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        made = context.make_array(kind)(context, builder)
        size = ir.Constant(ir.IntType(64), itemsize)
        arrayobj.populate_array(
            made,
            data=builder.inttoptr(args[0], low.as_pointer()),
            shape=[args[1]],
            strides=[size],
            itemsize=size,
            meminfo=None,
        )
        return made._getvalue()

    def view(typing: Any, address: Any, size: Any) -> Any:
        return kind(types.int64, types.int64), codegen

    made: Callable[[int, int], Any] = intrinsic(view)
    return made


def _integer(typing: Any, address: Any, index: Any) -> Any:
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        start = builder.inttoptr(args[0], ir.IntType(64).as_pointer())
        return builder.load(builder.gep(start, [args[1]]))

    return types.int64(types.int64, types.int64), codegen


def _called(context: Any, builder: Any, signature: Any, args: Any) -> Any:
    integer = ir.IntType(64)
    unused = [builder.ptrtoint(cgutils.alloca_once(builder, integer), integer) for _ in range(2)]
    kind = ir.FunctionType(ir.IntType(32), [integer] * (len(args) + 1))
    builder.call(builder.inttoptr(args[0], kind.as_pointer()), [*unused, *args[1:]])
    return context.get_dummy_value()


def _apply(typing: Any, function: Any, data: Any, rows: Any, width: Any, ld: Any) -> Any:
    return types.void(*[types.int64] * 5), _called


def _apply_units(
    typing: Any, function: Any, data: Any, rows: Any, width: Any, ld: Any, constants: Any
) -> Any:
    return types.void(*[types.int64] * 6), _called


def _apply_pairs(
    typing: Any, function: Any, a: Any, lda: Any, rows: Any, width: Any, c: Any, ldc: Any
) -> Any:
    return types.void(*[types.int64] * 7), _called


def _run(
    typing: Any,
    function: Any,
    x: Any,
    rows: Any,
    y: Any,
    height: Any,
    table: Any,
    scratch: Any,
    counter: Any,
) -> Any:
    return types.void(*[types.int64] * 8), _called


def _put(typing: Any, address: Any, index: Any, value: Any) -> Any:
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        start = builder.inttoptr(args[0], ir.IntType(64).as_pointer())
        builder.store(args[2], builder.gep(start, [args[1]]))
        return context.get_dummy_value()

    return types.void(*[types.int64] * 3), codegen


def _as_double(typing: Any, bits: Any) -> Any:
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.bitcast(args[0], ir.DoubleType())

    return types.float64(types.int64), codegen


def _as_bits(typing: Any, number: Any) -> Any:
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.bitcast(args[0], ir.IntType(64))

    return types.int64(types.float64), codegen


@cache
def multiply_add(itemsize: int) -> Callable[[float, float, float], float]:
    """Give `multiply_add(a, b, c)`, a·b + c, with one rounding where the machine can.

    It is never left to the optimiser, which might choose differently for the numbers at the end
    of an array.
    """
    number, low = _NUMBERS[itemsize]

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        if not machine().fma:
            return builder.fadd(builder.fmul(args[0], args[1]), args[2])
        kind = ir.FunctionType(low, [low] * 3)
        name = f"llvm.fma.f{8 * itemsize}"
        return builder.call(cgutils.get_or_insert_function(builder.module, kind, name), args)

    def fma(typing: Any, a: Any, b: Any, c: Any) -> Any:
        return number(number, number, number), codegen

    made: Callable[[float, float, float], float] = intrinsic(fma)
    return made


def _added(typing: Any, total: Any, value: Any) -> Any:
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.fadd(*args, flags=("reassoc",))

    return types.float64(types.float64, types.float64), codegen


def _scaled_power(typing: Any, shifted: Any) -> Any:
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        word = ir.IntType(32)
        biased = builder.add(builder.bitcast(args[0], word), ir.Constant(word, 127 + 64))
        return builder.bitcast(builder.shl(biased, ir.Constant(word, 23)), ir.FloatType())

    return types.float32(types.float32), codegen


integer: Callable[[int, int], int] = intrinsic(_integer)
"""A whole number of an array: `integer(address, index)`."""
put: Callable[[int, int, int], None] = intrinsic(_put)
"""Set a whole number of an array: `put(address, index, value)`."""
apply: Callable[[int, int, int, int, int], None] = intrinsic(_apply)
"""Call the kernel of an activation: `apply(function, data, rows, width, ld)`."""
apply_units: Callable[[int, int, int, int, int, int], None] = intrinsic(_apply_units)
"""Likewise with constants: `apply_units(function, data, rows, width, ld, constants)`."""
apply_pairs: Callable[[int, int, int, int, int, int, int], None] = intrinsic(_apply_pairs)
"""Likewise of two halves: `apply_pairs(function, a, lda, rows, width, c, ldc)`."""
run: Callable[[int, int, int, int, int, int, int, int], None] = intrinsic(_run)
"""Call the interpreter: `run(function, x, rows, y, height, table, scratch, counter)`; or a step
that NumPy does: `run(function, a, b, rows, c, counter, 0, 0)`."""
as_double: Callable[[int], float] = intrinsic(_as_double)
as_bits: Callable[[float], int] = intrinsic(_as_bits)
added: Callable[[float, float], float] = intrinsic(_added)
"""total + value, in the order that suits vectors: it depends on the number of values alone."""
scaled_power: Callable[[float], float] = intrinsic(_scaled_power)
"""2^(k + 64) for a float32 with the bits of k in its last ones."""
