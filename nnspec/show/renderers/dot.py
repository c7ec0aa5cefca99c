"""For Graphviz: a directed graph in the DOT language, which `dot -Tpdf` draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.show.picture.draw import draw
from nnspec.show.picture.parts import Block
from nnspec.show.short import short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.show.picture.parts import Box, Part
    from nnspec.show.summary import Summary

_LONGEST = 60
_STYLES = {
    "data": 'style="filled,rounded", fillcolor="#e7e5e4", color="#78716c"',
    "learned": 'style=filled, fillcolor="#dbeafe", color="#2563eb"',
    "fixed": 'style="filled,rounded", fillcolor="#dcfce7", color="#16a34a"',
    "join": 'shape=circle, margin=0, style=filled, fillcolor="#fef3c7", color="#d97706"',
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
            *_parts(picture.parts, "    "),
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


def _parts(parts: tuple[Part, ...], indent: str) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Block):
            yield f"{indent}subgraph cluster_{part.key} {{"
            yield f"{indent}    label={quoted(part.title)}; labeljust=l"
            yield f'{indent}    style="rounded,dashed"; color="#a8a29e"; fontsize=12'
            yield from _parts(part.parts, f"{indent}    ")
            if part.join is not None:
                yield f"{indent}    {_box(part.join)}"
            yield f"{indent}}}"
        else:
            yield f"{indent}{_box(part)}"


def _box(box: Box) -> str:
    return f'{box.key} [label="{_lines([box.title, *box.details])}", {_STYLES[box.role]}]'
