"""Columns that would fill little of a vector, as products of two vectors each.

Of 50 columns 48 make three vectors of sixteen; a fourth one for the other two would cost as much
as a whole one. Along the inputs instead of the columns, they cost what they are worth.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from nnspec.engines.numba.codegen import memory
from nnspec.engines.numba.codegen.jit import jitted
from nnspec.engines.numba.codegen.micro import multiply_add
from nnspec.engines.numba.machine import machine

if TYPE_CHECKING:
    from collections.abc import Callable

_INT = ir.IntType(64)
_ROWS, _COLUMNS = 4, 2
"""So many products at once keep the adders busy."""


@cache
def dots(itemsize: int) -> Callable[..., None]:
    """Give `dots(a, lda, rows, depth, weight, bias, columns, c, ldc)` on addresses.

    `weight` has a row for each column.
    """
    four_two, four_one = _kernel(itemsize, _ROWS, _COLUMNS), _kernel(itemsize, _ROWS, 1)
    one_two, one_one = _kernel(itemsize, 1, _COLUMNS), _kernel(itemsize, 1, 1)
    lanes, store = machine().lanes(itemsize), memory.store(itemsize)
    zero = np.float32(0) if itemsize == 4 else np.float64(0)

    def multiply(a, lda, rows, depth, weight, bias, columns, c, ldc):  # type: ignore[no-untyped-def]
        for row in range(rows):  # what fills the vector up must not be what was there before
            for lane in range(lanes):
                store(c, row * ldc + lane, zero)
        column = 0
        while column < columns:
            two = columns - column >= _COLUMNS
            w, b = weight + column * depth * itemsize, bias + column * itemsize
            row = 0
            while row < rows:
                x, y = a + row * lda * itemsize, c + (row * ldc + column) * itemsize
                if rows - row >= _ROWS:
                    if two:
                        four_two(x, lda, w, depth, b, y, ldc)
                    else:
                        four_one(x, lda, w, depth, b, y, ldc)
                    row += _ROWS
                else:
                    if two:
                        one_two(x, lda, w, depth, b, y, ldc)
                    else:
                        one_one(x, lda, w, depth, b, y, ldc)
                    row += 1
            column += _COLUMNS if two else 1

    return jitted(multiply)


@cache
def _kernel(itemsize: int, rows: int, columns: int) -> Callable[..., None]:
    """Give `kernel(a, lda, weight, depth, bias, c, ldc)`.

    Each sum takes the inputs by vectors, adds up the vector by halves, then takes the inputs that
    are left and the bias: in this order whatever the number of rows and columns.
    """
    number = ir.FloatType() if itemsize == 4 else ir.DoubleType()
    lanes = machine().lanes(itemsize)
    vector = ir.VectorType(number, lanes)
    places = [(row, column) for row in range(rows) for column in range(columns)]

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        a, lda, weight, depth, bias, c, ldc = args

        def element(address: Any, index: Any) -> Any:
            return builder.gep(builder.inttoptr(address, number.as_pointer()), [index])

        def load(pointer: Any) -> Any:
            loaded = builder.load(builder.bitcast(pointer, vector.as_pointer()))
            loaded.align = itemsize
            return loaded

        def times(value: Any, factor: int) -> Any:
            return builder.mul(value, ir.Constant(_INT, factor))

        whole = builder.udiv(depth, ir.Constant(_INT, lanes))
        sums = {place: cgutils.alloca_once(builder, vector) for place in places}
        for place in places:
            builder.store(ir.Constant(vector, None), sums[place])
        with cgutils.for_range(builder, whole, intp=_INT) as loop:
            here = times(loop.index, lanes)
            x = [load(element(a, builder.add(times(lda, row), here))) for row in range(rows)]
            w = [load(element(weight, builder.add(times(depth, k), here))) for k in range(columns)]
            for row, column in places:
                total = sums[row, column]
                builder.store(multiply_add(builder, x[row], w[column], builder.load(total)), total)
        ends = {place: cgutils.alloca_once(builder, number) for place in places}
        for place in places:
            builder.store(_added(builder, builder.load(sums[place]), lanes), ends[place])
        first = times(whole, lanes)
        with cgutils.for_range(builder, builder.sub(depth, first), intp=_INT) as loop:
            here = builder.add(first, loop.index)
            for row, column in places:
                x_ = builder.load(element(a, builder.add(times(lda, row), here)))
                w_ = builder.load(element(weight, builder.add(times(depth, column), here)))
                end = ends[row, column]
                builder.store(builder.fadd(builder.load(end), builder.fmul(x_, w_)), end)
        for row, column in places:
            start = builder.load(element(bias, ir.Constant(_INT, column)))
            out = element(c, builder.add(times(ldc, row), ir.Constant(_INT, column)))
            builder.store(builder.fadd(builder.load(ends[row, column]), start), out)
        return context.get_dummy_value()

    def kernel(
        typing: Any, a: Any, lda: Any, weight: Any, depth: Any, bias: Any, c: Any, ldc: Any
    ) -> Any:
        return types.void(*[types.int64] * 7), codegen

    made: Callable[..., None] = intrinsic(kernel)
    return made


def _added(builder: Any, vector: Any, lanes: int) -> Any:
    """Add up the numbers of a vector, each half to the other."""
    while lanes > 1:
        lanes //= 2
        halves = [
            builder.shuffle_vector(
                vector,
                ir.Constant(vector.type, ir.Undefined),
                ir.Constant(
                    ir.VectorType(ir.IntType(32), lanes), list(range(start, start + lanes))
                ),
            )
            for start in (0, lanes)
        ]
        vector = builder.fadd(*halves)
    return builder.extract_element(vector, ir.Constant(ir.IntType(32), 0))
