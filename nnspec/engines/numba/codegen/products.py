"""A product of a block of rows with packed weights, put together from micro-kernels."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from nnspec.engines.numba.codegen.dots import dots
from nnspec.engines.numba.codegen.jit import jitted
from nnspec.engines.numba.codegen.micro import VECTORS, micro_kernel
from nnspec.engines.numba.machine import machine

if TYPE_CHECKING:
    from collections.abc import Callable

_BESIDE = 4
"""Panels that a single row takes at once: one alone would wait for its own sums."""


@cache
def product(itemsize: int) -> Callable[..., None]:
    """Give `product(a, lda, rows, depth, weight, bias, panel, panels, all, narrow, …)`.

    It makes `panels` panels from `panel` on, of `all`, the last of which has one vector if
    `narrow` is 1.
    The last arguments are `more, columns, c, ldc`: so many columns beyond the panels belong to the
    last of these. All but counts are addresses, of the first row and the first column.
    """
    lanes = machine().lanes(itemsize)
    wide, narrow_ = _panel(itemsize, VECTORS), _panel(itemsize, 1)
    row_kernel = micro_kernel(itemsize, 1, VECTORS, _BESIDE)
    dots_ = dots(itemsize)
    width = VECTORS * lanes

    def multiply(  # type: ignore[no-untyped-def]
        a, lda, rows, depth, weight, bias, panel, panels, all_, narrow, more, columns, c, ldc
    ):
        weight += panel * depth * width * itemsize
        bias += panel * width * itemsize
        c += panel * width * itemsize
        full = min(panels, all_ - narrow - panel)
        done = 0
        if rows == 1:
            while full - done >= _BESIDE:
                row_kernel(a, lda, weight, depth, bias, c, ldc)
                weight += _BESIDE * depth * width * itemsize
                bias += _BESIDE * width * itemsize
                c += _BESIDE * width * itemsize
                done += _BESIDE
        while done < full:
            wide(a, lda, rows, depth, weight, bias, c, ldc)
            weight += depth * width * itemsize
            bias += width * itemsize
            c += width * itemsize
            done += 1
        if done < panels:
            narrow_(a, lda, rows, depth, weight, bias, c, ldc)
            bias += lanes * itemsize
            c += lanes * itemsize
        if columns and panel + panels == all_:
            dots_(a, lda, rows, depth, more, bias, columns, c, ldc)

    return jitted(multiply)


def _panel(itemsize: int, vectors: int) -> Callable[..., None]:
    """Give the product with one panel, for any number of rows."""
    counts = machine().rows
    kernels = [micro_kernel(itemsize, rows, vectors) for rows in counts]
    n1, n2, n3, n4 = counts
    k1, k2, k3, k4 = kernels

    def multiply(a, lda, rows, depth, weight, bias, c, ldc):  # type: ignore[no-untyped-def]
        down, across = lda * itemsize, ldc * itemsize
        while rows >= n1:
            k1(a, lda, weight, depth, bias, c, ldc)
            a, c, rows = a + n1 * down, c + n1 * across, rows - n1
        while rows >= n2:
            k2(a, lda, weight, depth, bias, c, ldc)
            a, c, rows = a + n2 * down, c + n2 * across, rows - n2
        while rows >= n3:
            k3(a, lda, weight, depth, bias, c, ldc)
            a, c, rows = a + n3 * down, c + n3 * across, rows - n3
        while rows >= n4:
            k4(a, lda, weight, depth, bias, c, ldc)
            a, c, rows = a + n4 * down, c + n4 * across, rows - n4

    return jitted(multiply)
