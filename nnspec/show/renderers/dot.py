"""For Graphviz: a directed graph in the DOT language, which `dot -Tpdf` draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.show.picture.draw import draw
from nnspec.show.picture.outline import outline
from nnspec.show.picture.style import COLOURS
from nnspec.show.short import short

if TYPE_CHECKING:
    from nnspec.show.picture.parts import Block, Box
    from nnspec.show.summary import Summary

_LONGEST = 60
_SHAPES = {
    "data": 'style="filled,rounded"',
    "learned": "style=filled",
    "fixed": 'style="filled,rounded"',
    "join": "shape=circle, margin=0, style=filled",
}


def render(summary: Summary) -> str:
    """Draw from top to bottom; labels are quoted strings, never Graphviz's HTML."""
    picture = draw(summary)
    title = _lines([picture.title, *filter(None, [picture.description])])
    return "\n".join(
        [
            f"digraph {quoted(picture.title)} {{",
            f'    graph [label="{title}", labelloc=t, fontname="Helvetica"]',
            '    node [shape=box, fontname="Helvetica", fontsize=12]',
            '    edge [fontname="Helvetica", fontsize=10, color="#57534e"]',
            *outline(picture.parts, "    ", box=_box, begin=_begin, end="}"),
            *(
                f'    {wire.source} -> {wire.target} [label="(n, {wire.size})"'
                f"{', style=dashed' if wire.skips else ''}]"
                for wire in picture.wires
            ),
            "}",
        ]
    )


def quoted(text: str) -> str:
    r"""Write a text as a quoted string of DOT, in at most 60 characters.

    A backslash would begin an escape such as `\N`, the node's own name, and an ampersand an
    entity: https://graphviz.org/docs/attr-types/escString/.

    Examples:
        >>> print(quoted('a "b" \\N &lt;'))
        "a \"b\" \\N &amp;lt;"
    """
    return f'"{_lines([text])}"'


def _lines(texts: list[str]) -> str:
    shown = [short(text, _LONGEST).replace("\\", "\\\\").replace('"', '\\"') for text in texts]
    return "\\n".join(line.replace("&", "&amp;") for line in shown)


def _begin(block: Block) -> list[str]:
    return [
        f"subgraph cluster_{block.key} {{",
        f"label={quoted(block.title)}; labeljust=l",
        'style="rounded,dashed"; color="#a8a29e"; fontsize=12',
    ]


def _box(box: Box) -> str:
    colour = COLOURS[box.role]
    look = f'{_SHAPES[box.role]}, fillcolor="{colour.fill}", color="{colour.line}"'
    return f'{box.key} [label="{_lines([box.title, *box.details])}", {look}]'
