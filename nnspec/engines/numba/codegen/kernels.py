"""Activations as machine code: a function of numbers, or of rows, over a block.

Each kernel works in place, but for `pairs`. Functions work in double precision, and their results
are rounded once, unless `each` is told that they are written for single precision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numba as nb

from nnspec.engines.numba.codegen import memory
from nnspec.engines.numba.codegen.jit import inlined

if TYPE_CHECKING:
    from collections.abc import Callable


def each(
    function: Callable[[float], float], itemsize: int, *, single: bool = False
) -> Callable[..., None]:
    """Give `kernel(data, rows, width, ld)`, which applies a function to every number."""
    working = nb.float32 if single else nb.float64
    load, store = memory.load(itemsize), memory.store(itemsize)
    number = nb.float32 if itemsize == 4 else nb.float64

    def kernel(data, rows, width, ld):  # type: ignore[no-untyped-def]
        for row in range(rows):
            start = row * ld
            for i in range(width):
                value = working(load(data, start + i))
                store(data, start + i, number(function(value)))

    return kernel


def rows(function: Callable[[Any, Any], None], itemsize: int) -> Callable[..., None]:
    """Give `kernel(data, rows, width, ld)`, which applies a function to rows."""
    array = memory.array(itemsize)

    def kernel(data, rows, width, ld):  # type: ignore[no-untyped-def]
        for row in range(rows):
            view = array(data + row * ld * itemsize, width)
            function(view, view)

    return kernel


def units(function: Callable[[float, float], float], itemsize: int) -> Callable[..., None]:
    """Give `kernel(data, rows, width, ld, at)` for a function with a constant of each unit.

    At `at` are `width` doubles.
    """
    constant = memory.load(8)

    @inlined
    def of_unit(value, at, i, width):  # type: ignore[no-untyped-def]
        return function(value, constant(at, i))

    return _units(of_unit, itemsize)


def units2(function: Callable[[float, float, float], float], itemsize: int) -> Callable[..., None]:
    """Likewise with two constants: at `at` are `width` doubles of the first, then of the second."""
    constant = memory.load(8)

    @inlined
    def of_unit(value, at, i, width):  # type: ignore[no-untyped-def]
        return function(value, constant(at, i), constant(at, width + i))

    return _units(of_unit, itemsize)


def _units(of_unit: Callable[..., float], itemsize: int) -> Callable[..., None]:
    load, store = memory.load(itemsize), memory.store(itemsize)
    number = nb.float32 if itemsize == 4 else nb.float64

    def kernel(data, rows, width, ld, at):  # type: ignore[no-untyped-def]
        for row in range(rows):
            start = row * ld
            for i in range(width):
                value = nb.float64(load(data, start + i))
                store(data, start + i, number(of_unit(value, at, i, width)))

    return kernel


def pairs(function: Callable[[float, float], float], itemsize: int) -> Callable[..., None]:
    """Give `kernel(a, lda, rows, width, c, ldc)` for a function of both halves of a row.

    It takes a number of the first `width` and that of the next at the same place.
    """
    load, store = memory.load(itemsize), memory.store(itemsize)
    number = nb.float32 if itemsize == 4 else nb.float64

    def kernel(a, lda, rows, width, c, ldc):  # type: ignore[no-untyped-def]
        for row in range(rows):
            first, target = row * lda, row * ldc
            for i in range(width):
                one = nb.float64(load(a, first + i))
                other = nb.float64(load(a, first + width + i))
                store(c, target + i, number(function(one, other)))

    return kernel
