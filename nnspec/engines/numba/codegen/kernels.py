"""Activations as machine code: a function of each number, or of each row, over a block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numba as nb

from nnspec.engines.numba.codegen import memory

if TYPE_CHECKING:
    from collections.abc import Callable


def each(function: Callable[[float], float], itemsize: int) -> Callable[..., None]:
    """Give `kernel(data, rows, width, ld)`, which applies a function to numbers in place.

    The function works in double precision and its result is rounded once.
    """
    return _each(function, itemsize, nb.float64)


def each_float32(function: Callable[[float], float], itemsize: int) -> Callable[..., None]:
    """Likewise for float32, with a function that works in single precision."""
    return _each(function, itemsize, nb.float32)


def _each(function: Callable[[float], float], itemsize: int, working: Any) -> Callable[..., None]:
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
    """Give `kernel(data, rows, width, ld)`, which applies a function to rows in place."""
    array = memory.array(itemsize)

    def kernel(data, rows, width, ld):  # type: ignore[no-untyped-def]
        for row in range(rows):
            view = array(data + row * ld * itemsize, width)
            function(view, view)

    return kernel
