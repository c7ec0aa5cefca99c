"""What is drawn on: an SVG tree with the few shapes that a picture of a network needs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from nnspec.diagnostics.quote import escape
from nnspec.show.markup import add
from nnspec.show.picture.style import CSS, LARGE, SMALL, fitting, width
from nnspec.show.short import short

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEAD, _HEADING = 5.0, 20.0


class Sheet:
    """A drawing in the making; the origin is at the left above, lengths are in pixels."""

    def __init__(self) -> None:
        self.ink = ET.Element("g")

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        room: float,
        look: str = "",
        parent: ET.Element | None = None,
    ) -> float:
        """Write one line, shortened to the room there is, and give its width.

        The whole of a shortened text is its title, which browsers show under the mouse.
        """
        size = LARGE if "name" in look else SMALL
        shown = shorten(text, room, size)
        where: dict[str, str | float] = {"x": x, "y": y, **({"class": look} if look else {})}
        parent = self.ink if parent is None else parent
        if shown == escape(text):
            add(parent, "text", shown, where)
        else:
            group = add(parent, "g")
            add(group, "title", text)
            add(group, "text", shown, where)
        return width(shown, size)

    def heading(self, x: float, y: float, title: str, description: str, *, room: float) -> float:
        """Write the title and what there is to say under it, and give the y below them."""
        for text, look in ((title, "name"), (description, "quiet")):
            if text:
                self.text(x, y, text, room=room, look=look)
                y += _HEADING
        return y

    def box(self, x: float, y: float, wide: float, high: float, look: str, radius: float) -> None:
        """Draw a rectangle around the x in its middle."""
        shape = {"x": x - wide / 2, "y": y, "width": wide, "height": high, "rx": radius}
        add(self.ink, "rect", "", {"class": look, **shape})

    def arrow(self, points: Sequence[tuple[float, float]]) -> None:
        """Draw a line through points with a head at the last, where it goes down or left."""
        (x, y), (x0, _) = points[-1], points[-2]
        path = "M" + "L".join(f"{px:g} {py:g}" for px, py in points)
        add(self.ink, "path", "", {"class": "wire", "d": path})
        corner = (
            (-_HEAD, -2 * _HEAD, 2 * _HEAD, 0) if x == x0 else (2 * _HEAD, -_HEAD, 0, 2 * _HEAD)
        )
        a, b, c, d = corner
        head = f"M{x:g} {y:g}l{a:g} {b:g}l{c:g} {d:g}z"
        add(self.ink, "path", "", {"class": "head", "d": head})

    def finished(self, wide: float, high: float, title: str, description: str) -> ET.Element:
        """Give the whole as one `svg` element that tells what it shows to those who cannot see."""
        svg = ET.Element("svg", {"class": "nnspec", "role": "img"})
        svg.set("viewBox", f"0 0 {wide:.0f} {high:.0f}")
        svg.set("width", f"{wide:.0f}")
        svg.set("height", f"{high:.0f}")
        add(svg, "title", title)
        add(svg, "desc", description)
        add(svg, "style", CSS).text = CSS
        add(svg, "rect", "", {"class": "paper", "width": wide, "height": high})
        svg.append(self.ink)
        return svg


def shorten(text: str, room: float, size: float = SMALL) -> str:
    """Escape a text and cut it to a width."""
    shown = short(text, fitting(room, size))
    while width(shown, size) > room and len(shown) > 2:  # wide letters
        shown = f"{shown.removesuffix('…')[:-1]}…"
    return shown
