"""For pages and papers: a drawing that needs nothing else, for light and dark pages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from nnspec.show.picture.svg import svg

if TYPE_CHECKING:
    from nnspec.show.summary import Summary


def render(summary: Summary) -> str:
    """Give the SVG without script, links, fonts or images from elsewhere."""
    drawing = svg(summary)
    drawing.set("xmlns", "http://www.w3.org/2000/svg")
    return ET.tostring(drawing, "unicode")
