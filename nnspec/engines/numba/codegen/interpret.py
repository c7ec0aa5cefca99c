"""The compiled heart: rows through all lines of a table, in one call.

The machine code is the same for every network: what differs is the table. So a network need not
be compiled, only the activations that no network had before.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from nnspec.engines.numba.codegen.atomics import take
from nnspec.engines.numba.codegen.jit import jitted
from nnspec.engines.numba.codegen.lines import INPUTS, LINES, OUTPUTS, PANELS, WIDTH, work
from nnspec.engines.numba.codegen.memory import integer
from nnspec.engines.numba.codegen.team import team


@cache
def interpreter(itemsize: int) -> Any:
    """Give `run(x, rows, y, height, table, scratch, counter)`.

    Numbers have `itemsize` bytes; x, y, table, scratch and counter are addresses. Any number of
    threads may do so at once, and each returns when nothing is left to take. They take blocks of
    `height` rows, each in scratch of its own; or, where `height` is 0, parts of the lines of one
    block, in scratch that they share.
    """
    work_, team_ = work(itemsize), team(itemsize)

    @jitted
    def block(  # type: ignore[no-untyped-def]
        x, rows, y, outputs, table, scratch, counter
    ) -> None:
        for number in range(integer(table, LINES)):
            line = table + (number + 1) * WIDTH * 8
            work_(line, x, y, outputs, scratch, counter, 0, rows, 0, integer(line, PANELS))

    def run(x, rows, y, height, table, scratch, counter):  # type: ignore[no-untyped-def]
        inputs, outputs = integer(table, INPUTS), integer(table, OUTPUTS)
        while height:
            first = take(counter) * height
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
                counter,
            )
        if height == 0:
            team_(x, rows, y, outputs, table, scratch, counter)

    return run
