"""What is done to rows beside products, on addresses, with the roundings of the ops' kernels."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import numba as nb

from nnspec.engines.numba.codegen import memory
from nnspec.engines.numba.codegen.jit import jitted
from nnspec.engines.numba.codegen.memory import added

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def copy(itemsize: int) -> Callable[..., None]:
    """Give `copy(a, lda, rows, size, c, ldc)`."""
    load, store = memory.load(itemsize), memory.store(itemsize)

    def work(a, lda, rows, size, c, ldc):  # type: ignore[no-untyped-def]
        for row in range(rows):
            for i in range(size):
                store(c, row * ldc + i, load(a, row * lda + i))

    return jitted(work)


@cache
def add(itemsize: int) -> Callable[..., None]:
    """Give `add(a, lda, b, ldb, rows, size, c, ldc)`."""
    load, store = memory.load(itemsize), memory.store(itemsize)

    def work(a, lda, b, ldb, rows, size, c, ldc):  # type: ignore[no-untyped-def]
        for row in range(rows):
            for i in range(size):
                store(c, row * ldc + i, load(a, row * lda + i) + load(b, row * ldb + i))

    return jitted(work)


@cache
def scale(itemsize: int) -> Callable[..., None]:
    """Give `scale(a, lda, rows, size, center, factor, shift, c, ldc)`; address 0 is left out."""
    load, store = memory.load(itemsize), memory.store(itemsize)

    def work(a, lda, rows, size, center, factor, shift, c, ldc):  # type: ignore[no-untyped-def]
        for row in range(rows):
            for i in range(size):
                value = load(a, row * lda + i)
                if center != 0:
                    value = value - load(center, i)
                if factor != 0:
                    value = value * load(factor, i)
                if shift != 0:
                    value = value + load(shift, i)
                store(c, row * ldc + i, value)

    return jitted(work)


@cache
def clip(itemsize: int) -> Callable[..., None]:
    """Give `clip(a, lda, rows, size, low, high, c, ldc)`; NaN stays NaN."""
    load, store = memory.load(itemsize), memory.store(itemsize)

    def work(a, lda, rows, size, low, high, c, ldc):  # type: ignore[no-untyped-def]
        for row in range(rows):
            for i in range(size):
                value = load(a, row * lda + i)
                if low != 0:
                    bound = load(low, i)
                    value = bound if value < bound else value
                if high != 0:
                    bound = load(high, i)
                    value = bound if value > bound else value
                store(c, row * ldc + i, value)

    return jitted(work)


@cache
def normalize(itemsize: int) -> Callable[..., None]:
    """Give `normalize(a, lda, rows, size, epsilon, center, c, ldc)`, computed in float64.

    float32 only: no sum of its squares leaves the doubles.
    """
    load, store = memory.load(itemsize), memory.store(itemsize)
    number = nb.float32 if itemsize == 4 else nb.float64

    def work(a, lda, rows, size, epsilon, center, c, ldc):  # type: ignore[no-untyped-def]
        for row in range(rows):
            start, mean, variance = row * lda, 0.0, 0.0
            if center != 0:
                for i in range(size):
                    mean = added(mean, nb.float64(load(a, start + i)))
                mean /= size
            for i in range(size):
                off = nb.float64(load(a, start + i)) - mean
                variance = added(variance, off * off)
            variance = variance / size + load_double(epsilon, 0)
            variance = 1.0 if variance == 0.0 else variance
            factor = 1.0 / math.sqrt(variance)
            for i in range(size):
                store(c, row * ldc + i, number((nb.float64(load(a, start + i)) - mean) * factor))

    load_double = memory.load(8)
    return jitted(work)
