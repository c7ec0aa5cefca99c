"""Columns that would fill little of a vector, as products of two vectors each.

Of 50 columns 48 make three vectors of sixteen; a fourth one for the other two would cost as much
as a whole one. Along the inputs instead of the columns, they cost what they are worth.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from llvmlite import ir
from numba.core import cgutils

from nnspec.engines.numba.codegen import memory
from nnspec.engines.numba.codegen.jit import jitted
from nnspec.engines.numba.codegen.vectors import INT, Vectors, kernel
from nnspec.engines.numba.machine import machine

if TYPE_CHECKING:
    from collections.abc import Callable

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
    lanes = machine().lanes(itemsize)
    places = [(row, column) for row in range(rows) for column in range(columns)]

    def write(builder: Any, args: list[Any]) -> None:
        a, lda, weight, depth, bias, c, ldc = args
        use = Vectors(builder, itemsize)
        whole = builder.udiv(depth, ir.Constant(INT, lanes))
        sums = {place: cgutils.alloca_once(builder, use.vector) for place in places}
        for place in places:
            builder.store(ir.Constant(use.vector, None), sums[place])
        with cgutils.for_range(builder, whole, intp=INT) as loop:
            here = use.times(loop.index, lanes)
            x = [use.load(use.at(a, use.times(lda, row), here)) for row in range(rows)]
            w = [use.load(use.at(weight, use.times(depth, k), here)) for k in range(columns)]
            for row, column in places:
                total = sums[row, column]
                builder.store(use.multiply_add(x[row], w[column], builder.load(total)), total)
        ends = {place: cgutils.alloca_once(builder, use.number) for place in places}
        for place in places:
            builder.store(_added(builder, builder.load(sums[place]), lanes), ends[place])
        first = use.times(whole, lanes)
        with cgutils.for_range(builder, builder.sub(depth, first), intp=INT) as loop:
            here = builder.add(first, loop.index)
            for row, column in places:
                one = builder.load(use.at(a, use.times(lda, row), here))
                other = builder.load(use.at(weight, use.times(depth, column), here))
                end = ends[row, column]
                builder.store(builder.fadd(builder.load(end), builder.fmul(one, other)), end)
        for row, column in places:
            start = builder.load(use.at(bias, column))
            out = use.at(c, use.times(ldc, row), column)
            builder.store(builder.fadd(builder.load(ends[row, column]), start), out)

    return kernel(write)


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
