"""For Markdown: a flowchart in Mermaid's language, which GitHub and GitLab draw in a code block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nnspec.show.picture.draw import draw
from nnspec.show.picture.outline import outline
from nnspec.show.picture.style import COLOURS
from nnspec.show.short import short

if TYPE_CHECKING:
    from nnspec.show.picture.parts import Block, Box, Role, Wire
    from nnspec.show.summary import Summary

_LONGEST = 60
_SHAPES = {"data": '(["{}"])', "learned": '["{}"]', "fixed": '("{}")', "join": '(("{}"))'}
# Between letters _, = and - have no meaning to Mermaid, nor to the Markdown in its labels; nor has
# a point between digits, while "1. " and "1) " at a start make a list.
_SPECIAL = re.compile(
    r"(?<![^\W_])[_=-]|[_=-](?![^\W_])|(?<!\d)\.|\.(?!\d)|(?<=\d)\)|[^\w ,.=()→…×-]"
)

# What Mermaid looks for once the codes are characters again: \n, $$ of formulas, fa: of icons, and
# ﬂ° and ¶ß, which are its own marks of a code. A joiner of no width parts them.
_LATE, _JOINER = frozenset("\\$:°¶"), f"#{0x2060};"


def render(summary: Summary) -> str:
    """Draw from top to bottom: boxes with parameters and activations, wires with shapes."""
    picture = draw(summary)
    parts = list(outline(picture.parts, "    ", box=_box, begin=_begin, end="end"))
    used = [role for role in COLOURS if any(line.endswith(f":::{role}") for line in parts)]
    return "\n".join(
        [
            "flowchart TD",
            f"    accTitle: {label(picture.title)}",
            *([f"    accDescr: {label(picture.description)}"] if picture.description else []),
            *parts,
            *map(_wire, picture.wires),
            *(f"    {_class(role)}" for role in used),
        ]
    )


def label(text: str) -> str:
    r"""Write a text so that Mermaid shows it and nothing else, in at most 60 characters.

    What could end a label, start a directive, a comment, Markdown or HTML is an entity code, as
    https://mermaid.js.org/syntax/flowchart.html has it: `#34;` is a quotation mark.

    Examples:
        >>> print(label('leaky_relu, slope=0.1'), label('"]; click n1'), label("%%{init}%%"))
        leaky_relu, slope=0.1 #34;#93;#59; click n1 #37;#37;#123;init#125;#37;#37;
    """
    return _SPECIAL.sub(_coded, short(text, _LONGEST))


def _coded(found: re.Match[str]) -> str:
    code = f"#{ord(found[0])};"
    return f"{_JOINER}{code}{_JOINER}" if found[0] in _LATE else code


def _begin(block: Block) -> list[str]:
    return [f'subgraph {block.key} ["{label(block.title)}"]']


def _box(box: Box) -> str:
    text = "<br>".join(label(line) for line in (box.title, *box.details))
    return f"{box.key}{_SHAPES[box.role].format(text)}:::{box.role}"


def _class(role: Role) -> str:
    # Dark letters on light colours can be read on a white page and on a black one.
    colour = COLOURS[role]
    return f"classDef {role} fill:{colour.fill},stroke:{colour.line},color:{colour.letters}"


def _wire(wire: Wire) -> str:
    arrow = "-.->" if wire.skips else "-->"
    return f'    {wire.source} {arrow}|"(n, {wire.size})"| {wire.target}'
