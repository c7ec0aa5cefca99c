"""How a drawn picture looks: sizes, and colours for a light page and for a dark one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from unicodedata import combining, east_asian_width

if TYPE_CHECKING:
    from nnspec.show.picture.parts import Role


class Colour(NamedTuple):
    """Of the boxes of a role on a light page."""

    fill: str
    line: str
    letters: str


COLOURS: dict[Role, Colour] = {
    "data": Colour("#e7e5e4", "#78716c", "#1c1917"),
    "learned": Colour("#dbeafe", "#2563eb", "#172554"),
    "fixed": Colour("#dcfce7", "#16a34a", "#052e16"),
    "join": Colour("#fef3c7", "#d97706", "#451a03"),
}
_ROLES = "\n".join(
    f".nnspec .{role} {{ fill: {colour.fill}; stroke: {colour.line}; }}"
    for role, colour in COLOURS.items()
)

SMALL, LARGE = 12.0, 14.0

# Fonts are the reader's own, and nothing is fetched. The paper is painted, because an image takes
# its colours from the system, which may be dark where the page around it is light.
CSS = f"""
.nnspec {{ font-family: sans-serif; }}
.nnspec text {{ fill: #1c1917; font-size: 12px; text-anchor: middle; }}
.nnspec .name {{ font-size: 14px; font-weight: bold; }}
.nnspec .left {{ text-anchor: start; }}
.nnspec .right {{ text-anchor: end; }}
.nnspec .quiet {{ fill: #57534e; }}
.nnspec .paper {{ fill: #ffffff; }}
{_ROLES}
.nnspec .block {{ fill: none; stroke: #a8a29e; stroke-dasharray: 6 4; }}
.nnspec .wire {{ fill: none; stroke: #78716c; stroke-width: 1.5; }}
.nnspec .positive {{ stroke: #2563eb; }}
.nnspec .negative {{ stroke: #ea580c; }}
.nnspec .head {{ fill: #78716c; }}
@media (prefers-color-scheme: dark) {{
.nnspec text {{ fill: #f5f5f4; }}
.nnspec .quiet {{ fill: #a8a29e; }}
.nnspec .paper {{ fill: #1c1917; }}
.nnspec .data {{ fill: #44403c; }}
.nnspec .learned {{ fill: #1e3a8a; stroke: #60a5fa; }}
.nnspec .fixed {{ fill: #14532d; stroke: #4ade80; }}
.nnspec .join {{ fill: #78350f; stroke: #fbbf24; }}
.nnspec .positive {{ stroke: #60a5fa; }}
.nnspec .negative {{ stroke: #fb923c; }}
}}
"""


def width(text: str, size: float = SMALL) -> float:
    """Estimate how wide a text is, rather too much than too little; the font is not known.

    Examples:
        >>> width("ab", 10.0), width("\N{CJK UNIFIED IDEOGRAPH-5C64}", 10.0)
        (12.0, 10.0)
    """
    ems = (0.0 if combining(one) else 1.0 if east_asian_width(one) in "WF" else 0.6 for one in text)
    return sum(ems) * size


def fitting(room: float, size: float = SMALL) -> int:
    """Give how many characters of common width have room."""
    return max(int(room / (0.6 * size)), 2)
