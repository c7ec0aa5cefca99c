"""A picture of any network: boxes from the top to the bottom, blocks around what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.quote import escape
from nnspec.show.picture.parts import Block, Box
from nnspec.show.picture.sheet import Sheet
from nnspec.show.picture.style import LARGE, width

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree import ElementTree as ET

    from nnspec.show.picture.parts import Part, Picture

_MARGIN, _GAP, _PADDING = 24.0, 40.0, 14.0
_TITLE, _LINE = 20.0, 16.0
_NARROW, _WIDE = 150.0, 330.0
_LANE = 48.0  # beside the layers of a block, where the way past them runs
_BLOCK_TOP, _BLOCK_FOOT, _JOIN = 46.0, 20.0, 30.0
_RADIUS = {"data": 18.0, "learned": 2.0, "fixed": 10.0, "join": _JOIN / 2}


def blocks(picture: Picture, description: str) -> ET.Element:
    """Draw a picture as SVG."""
    drawing = _Drawing(picture)
    wide = max(drawing.width(picture.parts), 420.0) + 2 * _MARGIN
    middle, sheet = wide / 2, drawing.sheet
    y = _MARGIN + _PADDING
    y = sheet.heading(middle, y, picture.title, picture.description, room=wide - 2 * _MARGIN)
    bottom = drawing.draw(picture.parts, middle, y)
    return sheet.finished(wide, bottom + _MARGIN, picture.title, description)


class _Drawing:
    def __init__(self, picture: Picture) -> None:
        self.sheet = Sheet()
        self._sizes = {wire.target: wire.size for wire in picture.wires if not wire.skips}
        self._box = min(max(_NARROW, _text_width(picture.parts) + 2 * _PADDING), _WIDE)
        self._last: float | None = None  # the lower edge of what was drawn last

    def width(self, parts: Sequence[Part]) -> float:
        inner = [self.width(part.parts) + 2 * _LANE for part in parts if isinstance(part, Block)]
        return max([self._box, *inner])

    def draw(self, parts: Sequence[Part], x: float, y: float) -> float:
        """Draw parts below each other, from y on, and give the lower edge of the last."""
        for k, part in enumerate(parts):
            if k:
                y = self._gap(_first(part), x, y)
            y = self._part(part, x, y)
        return y

    def _part(self, part: Part, x: float, y: float) -> float:
        if isinstance(part, Box):
            self._wire(x, y)
            self._last = self._step(part, x, y)
            return self._last
        wide = self.width((part,))
        entered = y + _BLOCK_TOP / 2
        frame = len(self.sheet.ink)
        self.sheet.text(
            x - wide / 2 + _PADDING,
            y + _LINE,
            part.title,
            room=wide / 2 - 2 * _PADDING,
            look="left quiet",
        )
        bottom = self.draw(part.parts, x, y + _BLOCK_TOP)
        if part.join is not None:
            top = self._gap(part.join, x, bottom)
            self._wire(x, top)
            bottom = self._last = self._step(part.join, x, top)
            self._skip(part.join, x, entered, top + _JOIN / 2, wide)
        bottom += _BLOCK_FOOT
        self.sheet.box(x, y, wide, bottom - y, "block", 12.0)
        # The frame lies under what it holds.
        self.sheet.ink.insert(frame, self.sheet.ink[-1])
        del self.sheet.ink[-1]
        return bottom

    def _step(self, box: Box, x: float, y: float) -> float:
        if box.role == "join":
            wide = max(_JOIN, width(escape(box.title), LARGE) + _PADDING)
            self.sheet.box(x, y, wide, _JOIN, "join", _RADIUS["join"])
            self.sheet.text(x, y + _JOIN / 2 + 5, box.title, room=wide, look="name")
            return y + _JOIN
        high = _TITLE + _LINE * len(box.details) + _PADDING
        self.sheet.box(x, y, self._box, high, box.role, _RADIUS[box.role])
        room = self._box - _PADDING
        self.sheet.text(x, y + _TITLE + 1, box.title, room=room, look="name")
        for k, line in enumerate(box.details, start=1):
            self.sheet.text(x, y + _TITLE + _LINE * k + 1, line, room=room)
        return y + high

    def _gap(self, following: Box, x: float, y: float) -> float:
        """Leave room under a part, and tell there what leaves it."""
        shape = f"(n, {self._sizes[following.key]})"
        self.sheet.text(x + 8, y + _GAP / 2, shape, room=_WIDE, look="left quiet")
        return y + _GAP

    def _wire(self, x: float, y: float) -> None:
        if self._last is not None:
            self.sheet.arrow([(x, self._last), (x, y)])

    def _skip(self, join: Box, x: float, top: float, y: float, wide: float) -> None:
        lane = x + wide / 2 - _LANE / 2
        edge = x + max(_JOIN, width(escape(join.title), LARGE) + _PADDING) / 2
        self.sheet.arrow([(x, top), (lane, top), (lane, y), (edge, y)])


def _first(part: Part) -> Box:
    return part if isinstance(part, Box) else _first(part.parts[0])


def _text_width(parts: Sequence[Part]) -> float:
    widths = [_NARROW]
    for part in parts:
        if isinstance(part, Box):
            widths += [
                width(part.title[:100], LARGE),
                *(width(line[:100]) for line in part.details),
            ]
        else:
            widths.append(_text_width(part.parts))
    return max(widths)
