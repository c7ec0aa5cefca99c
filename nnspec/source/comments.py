"""The comments of a YAML text, which the document does not hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import yaml

from nnspec.source.linebreaks import hide

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEGIN = re.compile(r"(?:^|(?<=[ \t]))#")


class Comment(NamedTuple):
    """A comment, from its '#' to the end of its line; line and column count from 1."""

    line: int
    column: int
    text: str
    is_alone: bool


def comments(text: str) -> Iterator[Comment]:
    r"""Yield the comments of a text that has been read as a document.

    A '#' begins one where white space or nothing stands before it, outside quotes and text
    blocks.

    Examples:
        >>> [one.text for one in comments("a: 'b # c' # d\ne: f#g\nh: |  # i\n  j # k\n")]
        ['# d', '# i']
    """
    covered = _covered(text)
    for number, line in enumerate(text.split("\n")):
        stretches = covered.get(number, [])
        for match in _BEGIN.finditer(line):
            at = match.start()
            if not any(start <= at < end for start, end in stretches):
                is_alone = not line[:at].strip()
                yield Comment(number + 1, at + 1, line[at:].rstrip("\r"), is_alone)
                break


def _covered(text: str) -> dict[int, list[tuple[int, float]]]:
    """Find the stretches of each line, counted from 0, that belong to quotes and text blocks."""
    covered: dict[int, list[tuple[int, float]]] = {}
    try:
        for token in yaml.scan(hide(text)[0], Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if not isinstance(token, yaml.ScalarToken) or token.style is None:
                continue
            first, last = token.start_mark, token.end_mark
            is_block = token.style in {"|", ">"}
            for line in range(first.line + is_block, last.line + 1):
                start = first.column if line == first.line else 0
                end = last.column if line == last.line else float("inf")
                covered.setdefault(line, []).append((start, end))
    except yaml.YAMLError:
        pass  # in a second document, which nobody reads
    return covered
