"""One line of a table, done for some rows: what the interpreter and the team have in common."""

from __future__ import annotations

from functools import cache
from typing import Any

from nnspec.engines.numba.codegen import memory
from nnspec.engines.numba.codegen.jit import jitted
from nnspec.engines.numba.codegen.memory import apply, apply_pairs, apply_units, integer
from nnspec.engines.numba.codegen.products import product
from nnspec.engines.numba.codegen.rows import add, clip, copy, normalize, scale
from nnspec.engines.numba.columns import Code, Column, Head
from nnspec.engines.numba.machine import machine

CODE, A, LDA, SIZE, B, LDB, SECOND, C, LDC, P, Q, R, PANELS, NARROW = map(int, Column)
LINES, INPUTS, OUTPUTS, THREADS = map(int, Head)
WIDTH = len(Column)
AFFINE, SCALE, CLIP, ADD, CONCAT, COPY, LAYERNORM, RMSNORM = map(int, list(Code)[:8])
EACH, ROWS, UNITS, PAIRS, STEP, OUT = map(int, list(Code)[8:])


@cache
def work(itemsize: int) -> Any:
    """Give `work(line, x, y, outputs, scratch, counter, first, rows, panel, panels)`.

    It does what a line says with `rows` rows from the row `first` on, whose data start at x, whose
    results at y and whose values at scratch. A product makes `panels` panels of its columns, from
    `panel` on; every other line disregards these two.
    """
    lanes = machine().lanes(itemsize)
    product_, copy_, normalize_ = product(itemsize), copy(itemsize), normalize(itemsize)
    scale_, clip_, add_ = scale(itemsize), clip(itemsize), add(itemsize)

    def work(  # type: ignore[no-untyped-def]
        line, x, y, outputs, scratch, counter, first, rows, panel, panels
    ):
        code, size = integer(line, CODE), integer(line, SIZE)
        lda, ldb, ldc = integer(line, LDA), integer(line, LDB), integer(line, LDC)
        p, q, r = integer(line, P), integer(line, Q), integer(line, R)
        a = x if integer(line, A) < 0 else scratch + integer(line, A)
        b = x if integer(line, B) < 0 else scratch + integer(line, B)
        a, b = a + first * lda * itemsize, b + first * ldb * itemsize
        c = scratch + integer(line, C) + first * ldc * itemsize
        if code == AFFINE:
            total, narrow = integer(line, PANELS), integer(line, NARROW)
            more, columns = integer(line, B), integer(line, SECOND)
            product_(a, lda, rows, size, p, q, panel, panels, total, narrow, more, columns, c, ldc)
        elif code == EACH:
            width = -(-size // lanes) * lanes  # what fills a vector up is nobody's
            if width == ldc:
                apply(p, c, 1, rows * width, 0)
            else:
                apply(p, c, rows, width, ldc)
        elif code == ROWS:
            apply(p, c, rows, size, ldc)
        elif code == UNITS:
            apply_units(p, c, rows, ldc, ldc, q)
        elif code == PAIRS:
            apply_pairs(p, a, lda, rows, integer(line, SECOND), c, ldc)
        elif code == OUT:
            copy_(a, lda, rows, size, y + first * outputs * itemsize, outputs)
        elif code == COPY:
            copy_(a, lda, rows, size, c, ldc)
        elif code == SCALE:
            scale_(a, lda, rows, size, p, q, r, c, ldc)
        elif code == CLIP:
            clip_(a, lda, rows, size, p, q, c, ldc)
        elif code == ADD:
            add_(a, lda, b, ldb, rows, size, c, ldc)
        elif code == CONCAT:
            copy_(a, lda, rows, size, c, ldc)
            copy_(b, ldb, rows, integer(line, SECOND), c + size * itemsize, ldc)
        elif code == LAYERNORM:
            normalize_(a, lda, rows, size, p, 1, c, ldc)
        elif code == RMSNORM:
            normalize_(a, lda, rows, size, p, 0, c, ldc)
        elif code == STEP:
            memory.run(p, a, b, rows, c, counter, 0, 0)

    return jitted(work)
