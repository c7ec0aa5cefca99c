"""Summary → an SVG element: circles and lines where there are few units, boxes elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.show.picture.blocks import blocks
from nnspec.show.picture.draw import draw
from nnspec.show.picture.units import has_few_units, units

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from nnspec.show.summary import Summary

_MOST_TOLD = 40


def svg(summary: Summary) -> ET.Element:
    """Draw a network. The element is without a namespace, as HTML has it."""
    if has_few_units(summary.spec):
        return units(summary, _told(summary))
    return blocks(draw(summary), _told(summary))


def _told(summary: Summary) -> str:
    """Tell the picture in words."""
    told = [
        f"{row.name} ({row.size} features{', ' if row.activation else ''}{row.activation})"
        for row in summary.rows
        if row.depth == 0
    ]
    if len(told) > _MOST_TOLD:
        told = [*told[: _MOST_TOLD - 1], f"{len(told) - _MOST_TOLD:,} more", told[-1]]
    description = summary.spec.description
    return ". ".join(filter(None, [description, f"From the top: {', '.join(told)}"])) + "."
