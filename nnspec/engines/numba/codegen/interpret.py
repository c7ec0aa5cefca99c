"""The compiled heart: blocks of rows through all lines of a table, in one call.

The machine code is the same for every network: what differs is the table. So a network need not
be compiled, only the activations that no network had before.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from nnspec.engines.numba.codegen.jit import jitted
from nnspec.engines.numba.codegen.memory import call, claim, integer
from nnspec.engines.numba.codegen.products import product
from nnspec.engines.numba.codegen.rows import add, clip, copy, normalize, scale
from nnspec.engines.numba.columns import Code, Column, Head
from nnspec.engines.numba.machine import machine

CODE, A, LDA, SIZE, B, LDB, SECOND, C, LDC, P, Q, R, FULL, NARROW = map(int, Column)
LINES, INPUTS, OUTPUTS = map(int, Head)
WIDTH = len(Column)
AFFINE, SCALE, CLIP, ADD, CONCAT, COPY, LAYERNORM, RMSNORM, EACH, ROWS, OUT = map(int, Code)


@cache
def interpreter(itemsize: int) -> Any:
    """Give `run(x, rows, y, height, table, scratch, counter)`.

    Numbers have `itemsize` bytes; x, y, table, scratch and counter are addresses. It takes blocks
    of `height` rows, as `counter` gives them out, until there are no more: any number of threads
    may do so at once, each with scratch of its own.
    """
    lanes = machine().lanes(itemsize)
    product_, copy_, normalize_ = product(itemsize), copy(itemsize), normalize(itemsize)
    scale_, clip_, add_ = scale(itemsize), clip(itemsize), add(itemsize)

    @jitted
    def block(x, rows, y, outputs, table, scratch) -> None:  # type: ignore[no-untyped-def]
        for number in range(integer(table, LINES)):
            line = table + (number + 1) * WIDTH * 8
            code, size = integer(line, CODE), integer(line, SIZE)
            lda, ldb, ldc = integer(line, LDA), integer(line, LDB), integer(line, LDC)
            p, q, r = integer(line, P), integer(line, Q), integer(line, R)
            a = x if integer(line, A) < 0 else scratch + integer(line, A)
            b = x if integer(line, B) < 0 else scratch + integer(line, B)
            c = scratch + integer(line, C)
            if code == AFFINE:
                full, narrow = integer(line, FULL), integer(line, NARROW)
                product_(a, lda, rows, size, p, q, full, narrow, c, ldc)
            elif code == EACH:
                width = -(-size // lanes) * lanes  # what fills a vector up is nobody's
                if width == ldc:
                    call(p, c, 1, rows * width, 0)
                else:
                    call(p, c, rows, width, ldc)
            elif code == ROWS:
                call(p, c, rows, size, ldc)
            elif code == OUT:
                copy_(a, lda, rows, size, y, outputs)
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

    def run(x, rows, y, height, table, scratch, counter):  # type: ignore[no-untyped-def]
        inputs, outputs = integer(table, INPUTS), integer(table, OUTPUTS)
        while True:
            first = claim(counter) * height
            if first >= rows:
                break
            left = rows - first
            block(
                x + first * inputs * itemsize,
                height if height < left else left,
                y + first * outputs * itemsize,
                outputs,
                table,
                scratch,
            )

    return run
