"""HTML and SVG as trees, so that no text can become an element, an attribute or an entity.

Text enters them through `add` alone, which writes as escapes what XML cannot hold and what could
deceive a reader; ElementTree quotes the rest when it writes the tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from nnspec.diagnostics.quote import escape

if TYPE_CHECKING:
    from collections.abc import Mapping


def add(
    parent: ET.Element,
    tag: str,
    text: str = "",
    attributes: Mapping[str, str | float] | None = None,
) -> ET.Element:
    r"""Add an element with a text and attributes, and give it.

    Tags and names of attributes are ours; texts and values may be anybody's. Floats have at most
    two decimals.

    Examples:
        >>> row = ET.Element("tr")
        >>> cell = add(row, "td", "</td><script>\x1b", {"title": '" onload="x', "x": 0.5})
        >>> print(ET.tostring(cell, "unicode"))
        <td title="&quot; onload=&quot;x" x="0.5">&lt;/td&gt;&lt;script&gt;\x1b</td>
    """
    written = {name: _value(value) for name, value in (attributes or {}).items()}
    element = ET.SubElement(parent, tag, written)
    element.text = escape(text)
    return element


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
