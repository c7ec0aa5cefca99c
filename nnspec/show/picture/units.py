"""The picture that textbooks draw of a small network: a circle for a unit, a line for a weight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.show import scaling
from nnspec.show.markup import add
from nnspec.show.numbers import number
from nnspec.show.picture.sheet import Sheet, shorten
from nnspec.show.picture.style import width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from xml.etree import ElementTree as ET

    from numpy.typing import NDArray

    from nnspec.show.summary import Row, Summary
    from nnspec.spec.model import Spec

MOST_UNITS, MOST_LAYERS = 12, 6
_MARGIN, _COLUMN, _UNIT, _RADIUS = 24.0, 150.0, 46.0, 15.0
_LINE, _NAMES, _AIR = 17.0, 150.0, 50.0
_THIN, _THICK = 0.4, 3.6
_LEGEND = "weights: blue +, orange −, wider is larger"


def has_few_units(spec: Spec) -> bool:
    """Say whether all layers are dense, and few and small enough to draw every unit."""
    layers = (*spec.layers, spec.output.layer)
    sizes = [spec.input.size, *(size for one in layers for size in (one.units, one.size_out))]
    return (
        len(layers) <= MOST_LAYERS
        and all(layer.type == "dense" for layer in layers)
        and all(layer.units == layer.size_out for layer in layers)
        and all(size is not None and size <= MOST_UNITS for size in sizes)
    )


def units(summary: Summary, description: str) -> ET.Element:
    """Draw it from the left to the right.

    With weights, the colour of a line is the sign of its weight and its width the size, compared
    with the largest of the layer; the numbers are titles.
    """
    spec, rows, sheet = summary.spec, summary.rows, Sheet()
    before, after = _names(spec)
    left, right = (_MARGIN + _RADIUS + max(_AIR, _room(names)) for names in (before, after))
    columns = [left + _COLUMN * k for k in range(len(rows))]
    wide, high = columns[-1] + right, max(row.size for row in rows) * _UNIT
    top = sheet.heading(
        wide / 2, _MARGIN + 14, spec.name, spec.description, room=wide - 2 * _MARGIN
    )
    middle, bottom = top + high / 2 + 14, top + high + 28
    places = [
        [(x, middle + _UNIT * (k - (row.size - 1) / 2)) for k in range(row.size)]
        for x, row in zip(columns, rows, strict=True)
    ]
    arrays = _arrays(summary)
    for row, sources, targets in zip(rows[1:], places, places[1:], strict=False):
        _lines(sheet, sources, targets, arrays.get(row.name, {}).get("weight"))
    for row, column in zip(rows, places, strict=True):
        _circles(sheet, row, column, arrays.get(row.name, {}).get("bias"))
    for (x, y), name in zip(places[0], before, strict=False):
        sheet.text(x - _RADIUS - 8, y + 4, name, room=_NAMES, look="right")
    for (x, y), name in zip(places[-1], after, strict=False):
        sheet.text(x + _RADIUS + 8, y + 4, name, room=_NAMES, look="left")
    captions = [list(_caption(row, spec)) for row in rows]
    for x, lines in zip(columns, captions, strict=True):
        for k, line in enumerate(lines):
            look = "quiet" if k else "name"
            sheet.text(x, bottom + _LINE * k, line, room=_COLUMN - 10, look=look)
    bottom += _LINE * max(map(len, captions))
    if arrays:
        bottom += _LINE
        sheet.text(wide / 2, bottom, _LEGEND, room=wide, look="quiet")
    return sheet.finished(wide, bottom + _MARGIN / 2, spec.name, description)


def _room(names: Sequence[str]) -> float:
    return max((width(shorten(name, _NAMES)) for name in names), default=0.0) + 10


def _lines(
    sheet: Sheet,
    sources: Sequence[tuple[float, float]],
    targets: Sequence[tuple[float, float]],
    weight: NDArray[Any] | None,
) -> None:
    """Draw a line for each weight (in, out), with its number as the title."""
    largest = 0.0 if weight is None else float(np.max(np.abs(weight), initial=0.0))
    group = add(sheet.ink, "g")
    for i, (x0, y0) in enumerate(sources):
        for j, (x1, y1) in enumerate(targets):
            look: dict[str, str | float] = {"class": "wire", "x1": x0, "y1": y0, "x2": x1, "y2": y1}
            if weight is None or not 0 < largest < np.inf:
                add(group, "line", "", look)
                continue
            value = weight[i, j]
            share = float(abs(value)) / largest
            look["class"] = f"wire {'negative' if value < 0 else 'positive'}"
            look["style"] = f"stroke-width: {_THIN + (_THICK - _THIN) * share:.2f}px"
            add(add(group, "line", "", look), "title", number(value))


def _circles(
    sheet: Sheet, row: Row, places: Sequence[tuple[float, float]], bias: NDArray[Any] | None
) -> None:
    role = "data" if row.type == "input" else "learned"
    for k, (x, y) in enumerate(places):
        circle = add(sheet.ink, "circle", "", {"class": role, "cx": x, "cy": y, "r": _RADIUS})
        if bias is not None:
            add(circle, "title", f"bias {number(bias[k])}")


def _arrays(summary: Summary) -> dict[str, Mapping[str, NDArray[Any]]]:
    """Give the weights of each layer by name; nothing where the spec has none."""
    if summary.graph is None:
        return {}
    return {equation.place.name: equation.place.parameters for equation in summary.equations}


def _names(spec: Spec) -> tuple[Sequence[str], Sequence[str]]:
    """Give what stands at the inputs and the outputs; a binary one speaks for its second label."""
    labels = spec.output.labels or ()
    return spec.input.features or (), labels[1:] if spec.task == "binary" else labels


def _caption(row: Row, spec: Spec) -> Iterator[str]:
    """Yield the lines under a column, the name first."""
    yield row.name
    yield f"(n, {row.size})"
    if row.activation:
        yield row.activation
    if row.parameters:
        yield f"{row.parameters:,} parameters"
    if row.type == "input":
        yield from (one.name for one in scaling.before(spec.input))
    if row.name == spec.output.layer.name:
        yield from (one.name for one in scaling.after(spec.output))
        yield spec.task or ""
        if spec.output.threshold is not None:
            yield f"threshold {scaling.in_short(spec.output.threshold)}"
