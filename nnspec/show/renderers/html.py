"""For a browser: a page with the picture, the layers, the formulas, the weights, the passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.show import scaling
from nnspec.show.page import Page
from nnspec.show.picture.svg import svg
from nnspec.show.short import short

if TYPE_CHECKING:
    from nnspec.show.summary import Row, Summary, Weights
    from nnspec.spec.model import Spec

_LONGEST_NAME = 40


def render(summary: Summary) -> str:
    """Write the page; it has no script, and neither fetches nor links anything."""
    spec = summary.spec
    page = Page(spec.name, spec.description)
    page.say(f"{spec.task}, computed in {spec.dtype}", look="quiet")
    page.figure(svg(summary))
    _layers(page, summary.rows)
    _ends(page, spec)
    _formulas(page, summary)
    if summary.weights is None:
        page.heading("Weights")
        page.say("None: the spec names none.")
    else:
        _weights(page, summary.weights)
    if summary.optimized is not None:
        page.heading("As it runs")
        page.lines(str(summary.optimized))
        for note in summary.notes:
            page.say(str(note), look="quiet")
    if summary.engine is not None:
        engine = summary.engine.engine
        page.say(f"Engine {engine.name}, {summary.engine.why}: {engine.summary}")
    return page.render()


def _layers(page: Page, rows: tuple[Row, ...]) -> None:
    page.heading("Layers")
    cells = [
        (
            f"{'– ' * row.depth}{row.name}",
            "" if row.type == "input" else row.type,
            row.activation,
            f"(n, {row.size})",
            *(f"{count:,}" for count in (row.parameters, row.flops, row.bytes)),
        )
        for row in rows
    ]
    counts = zip(*((row.parameters, row.flops, row.bytes) for row in rows), strict=True)
    total = ("total", "", "", "", *(f"{sum(count):,}" for count in counts))
    head = ("layer", "type", "activation", "shape", "parameters", "FLOPs a row", "bytes")
    page.table(head, cells, numbers=(3, 4, 5, 6), total=total)


def _ends(page: Page, spec: Spec) -> None:
    given, output = spec.input, spec.output
    page.heading("Input and output")
    rows = [("inputs", _listed(given.features) or str(given.size))]
    rows += [(one.name, f"{one.formula}; {'; '.join(one.assignments)}") for one in _scalings(spec)]
    rows.append(("outputs", _listed(output.labels) or str(output.layer.size_out)))
    if output.threshold is not None:
        rows.append(("threshold", scaling.in_short(output.threshold)))
    page.table((), rows)


def _listed(names: tuple[str, ...] | None) -> str:
    return ", ".join(short(name, _LONGEST_NAME) for name in names or ())


def _scalings(spec: Spec) -> list[scaling.Scaling]:
    return [*scaling.before(spec.input), *scaling.after(spec.output)]


def _formulas(page: Page, summary: Summary) -> None:
    page.heading("Formulas, for one row X")
    rows = [
        (one.place.name, f"{one.symbol} = {one.written.formula}", one.shapes)
        for one in summary.equations
    ]
    page.table(("layer", "formula", "shapes"), rows)
    for where in dict.fromkeys(one.written.where for one in summary.equations):
        if where:
            page.code(where)


def _weights(page: Page, weights: Weights) -> None:
    page.heading("Weights")
    page.say(weights.source)
    if weights.sha256 is not None:
        page.code(f"sha256 {weights.sha256}")
    if weights.rule:
        page.say(f"Names: {weights.rule}")
    rows = [
        (one.name, str(one.shape), f"{one.stored}{', transposed' if one.transposed else ''}")
        for one in weights.arrays
    ]
    page.table(("array", "shape", "in the file"), rows)
