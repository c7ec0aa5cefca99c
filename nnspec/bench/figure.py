"""A report as a figure: time a row over the rows of a call, a line for each contender."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from nnspec.diagnostics.quote import quote
from nnspec.errors import MissingExtraError, UsageError
from nnspec.plot import COLORS, METADATA

if TYPE_CHECKING:
    from pathlib import Path

    from nnspec.bench.report import Report

_STYLES = {"engine": "-", "peer": "--", "roof": ":"}


def check(path: Path) -> None:
    """Refuse what could not be drawn, before anything is measured.

    Raises:
        UsageError: the suffix names no format.
        MissingExtraError: matplotlib is not installed.
    """
    if path.suffix.lower().removeprefix(".") not in METADATA:
        known = ", ".join(f".{name}" for name in METADATA)
        raise UsageError(f"{quote(str(path))}: the suffix names the format; known are {known}")
    _figure()


def draw(report: Report, form: str) -> bytes:
    """Draw medians, with the middle half of the turns as bars, on two logarithmic axes."""
    from matplotlib import style

    with style.context(["default", {"svg.hashsalt": "nnspec", "text.parse_math": False}]):
        figure = _figure()(figsize=(7.2, 5.0), layout="constrained")
        axes = figure.add_subplot()
        names = dict.fromkeys((cell.name, cell.kind) for cell in report.cells)
        for number, (name, kind) in enumerate(names):
            cells = [cell for cell in report.cells if cell.name == name]
            axes.errorbar(
                [cell.rows for cell in cells],
                [cell.median * 1e6 / cell.rows for cell in cells],
                yerr=[
                    [(cell.median - cell.quartiles[0]) * 1e6 / cell.rows for cell in cells],
                    [(cell.quartiles[1] - cell.median) * 1e6 / cell.rows for cell in cells],
                ],
                label=name,
                linestyle=_STYLES[kind],
                color=COLORS[number % len(COLORS)],
                marker="o",
                markersize=4,
                capsize=3,
            )
        axes.set(xscale="log", yscale="log", xlabel="rows of a call", ylabel="µs a row")
        rows = sorted({cell.rows for cell in report.cells})
        axes.set_xticks(rows, labels=[f"{count:,}" for count in rows], minor=False)
        axes.set_xticks([], minor=True)
        axes.yaxis.set_major_formatter("{x:g}")
        axes.yaxis.set_minor_formatter("")
        axes.set_title(
            f"{report.network}, {report.dtype}, {report.cores} cores, {report.turns} turns",
            fontsize=10,
        )
        axes.grid(color="0.9")
        axes.set_axisbelow(True)
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False)
        buffer = BytesIO()
        figure.savefig(buffer, format=form, dpi=160, metadata={METADATA[form]: None})
    return buffer.getvalue()


def _figure() -> Any:
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError("drawing a figure", "plot") from error
    return Figure
