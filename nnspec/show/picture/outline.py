"""Boxes as indented lines, for languages in which a block has a beginning and an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.show.picture.parts import Block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nnspec.show.picture.parts import Box, Part


def outline(
    parts: Sequence[Part],
    indent: str,
    *,
    box: Callable[[Box], str],
    begin: Callable[[Block], Sequence[str]],
    end: str,
) -> Iterator[str]:
    """Yield the lines of parts; those after the first of `begin` belong into the block."""
    deeper = f"{indent}    "
    for part in parts:
        if not isinstance(part, Block):
            yield f"{indent}{box(part)}"
            continue
        first, *more = begin(part)
        yield f"{indent}{first}"
        yield from (f"{deeper}{line}" for line in more)
        yield from outline(part.parts, deeper, box=box, begin=begin, end=end)
        if part.join is not None:
            yield f"{deeper}{box(part.join)}"
        yield f"{indent}{end}"
