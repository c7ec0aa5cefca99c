"""A few rows on several threads: each line is cut into parts, which the threads take in turn.

Where the weights are larger than the caches, every core then reads its own share of them instead
of all. A part begins when all parts of the lines before have ended.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from nnspec.engines.numba.codegen.atomics import give_way, read, rest, take
from nnspec.engines.numba.codegen.jit import jitted
from nnspec.engines.numba.codegen.lines import (
    AFFINE,
    CODE,
    EACH,
    LDC,
    LINES,
    PANELS,
    STEP,
    THREADS,
    WIDTH,
    C,
    Q,
    R,
    work,
)
from nnspec.engines.numba.codegen.memory import apply, integer
from nnspec.engines.numba.codegen.micro import VECTORS
from nnspec.engines.numba.machine import machine

_TALL = 32
"""Rows of a part of a product: so many make up for reading a panel."""
_JOINED = 8
"""Up to so many rows, a part of a product takes its numbers through the function that follows:
waiting for each other once less saves more than short runs of numbers cost."""
_MUCH = 2048
"""Numbers of a part of any other line."""
_PATIENCE = 2000
"""How often to look before another thread may have the core."""
ENDED = 64
"""Bytes from the counter of parts taken to that of parts ended."""


@cache
def team(itemsize: int) -> Any:
    """Give `team(x, rows, y, outputs, table, scratch, counter)`."""
    work_ = work(itemsize)
    numbers = VECTORS * machine().lanes(itemsize)  # of a row in a panel

    @jitted
    def tall(line: int, rows: int) -> int:
        """Give the rows of a part."""
        if integer(line, CODE) == AFFINE:
            return _TALL if integer(line, PANELS) > 1 else _TALL // 4
        if integer(line, CODE) == STEP:
            return rows
        fit = _MUCH // integer(line, LDC)
        return fit if fit > 1 else 1

    @jitted
    def wide(line: int, table: int) -> int:
        """Give the panels of a part: some parts for each thread, so that none waits long."""
        parts = 4 * integer(table, THREADS)
        return -(-integer(line, PANELS) // parts)

    @jitted
    def team(x, rows, y, outputs, table, scratch, counter) -> None:  # type: ignore[no-untyped-def]
        part, start = take(counter), 0
        for number in range(integer(table, LINES)):
            line = table + (number + 1) * WIDTH * 8
            panels, height, width = integer(line, PANELS), tall(line, rows), wide(line, table)
            down = -(-rows // height)
            parts = down * -(-panels // width)
            if rows <= _JOINED and integer(line, CODE) == EACH and integer(line, Q):
                parts = 0  # the parts of the product have done it
            looked = 0
            while part < start + parts:
                while read(counter + ENDED) < start:
                    looked += 1
                    if looked < _PATIENCE:
                        rest()
                    else:
                        give_way()
                first = (part - start) % down * height
                panel = (part - start) // down * width
                work_(
                    line,
                    x,
                    y,
                    outputs,
                    scratch,
                    counter,
                    first,
                    min(height, rows - first),
                    panel,
                    min(width, panels - panel),
                )
                if rows <= _JOINED and integer(line, CODE) == AFFINE and integer(line, R):
                    ld = integer(line, LDC)
                    done = min(min(panel + width, panels) * numbers, ld) - panel * numbers
                    c = scratch + integer(line, C) + panel * numbers * itemsize
                    apply(integer(line, R), c, rows, done, ld)
                take(counter + ENDED)
                part = take(counter)
            start += parts

    return team
