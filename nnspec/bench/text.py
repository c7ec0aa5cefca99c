"""A report for a person: a table for each number of rows, the ratios, and who is missing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from nnspec.bench.report import geometric_mean
from nnspec.diagnostics.quote import escape
from nnspec.show.table import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.bench.report import Cell, Ratio, Report

_HEAD = ("rows", "", "µs a call", "middle half", "GFLOP/s", "ratio", "off by")


def render(report: Report) -> str:
    """Give the whole text without a newline at its end."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield (
        f"{escape(report.network)}, {report.dtype}, {report.flops:,} operations a row; "
        f"medians of {report.turns} turns on {report.cores} cores"
    )
    yield ""
    rows: list[tuple[str, ...]] = []
    for count in dict.fromkeys(cell.rows for cell in report.cells):
        best = min(
            (c.median for c in report.cells if c.rows == count and c.kind == "peer"), default=None
        )
        rows += [()] * bool(rows)
        rows += [_row(cell, best) for cell in report.cells if cell.rows == count]
    yield from table(_HEAD, rows, right=(0, 2, 3, 4, 5, 6))
    yield ""
    yield "ratio: to the time of the fastest peer; off by: the largest difference from float64"
    if any(cell.kind == "roof" for cell in report.cells):
        yield "matrix-products: the bare products of the network in NumPy, which give no outputs"
    if report.ratios:
        yield ""
        yield from _ratios(report.ratios)
    for name, reason in report.left_out:
        yield f"not measured: {escape(name)}: {escape(reason)}"
    for note in report.notes:
        yield f"note: {escape(note)}"


def _row(cell: Cell, best: float | None) -> tuple[str, ...]:
    low, high = cell.quartiles
    return (
        f"{cell.rows:,}",
        escape(cell.name),
        micros(cell.median),
        f"{micros(low)} … {micros(high)}",
        f"{cell.gflops:.1f}",
        "" if best is None else f"{cell.median / best:.2f}",
        "" if cell.difference is None else f"{cell.difference:.0e}",
    )


def micros(seconds: float) -> str:
    """Write microseconds with three digits.

    Examples:
        >>> micros(4.567e-6), micros(0.0123456)
        ('4.57', '12,346')
    """
    value = seconds * 1e6
    digits = 0 if value <= 0 else max(0, 2 - math.floor(math.log10(value)))
    return f"{value:,.{digits}f}"


def _ratios(ratios: tuple[Ratio, ...]) -> Iterator[str]:
    for ratio in ratios:
        rows = "1 row" if ratio.rows == 1 else f"{ratio.rows:,} rows"
        yield (
            f"{rows}: {escape(ratio.engine)}, our fastest, takes {ratio.value:.2f} of the time "
            f"of {escape(ratio.peer)}, the fastest peer"
        )
    yield f"geometric mean {geometric_mean(ratios):.2f}, largest {max(r.value for r in ratios):.2f}"
