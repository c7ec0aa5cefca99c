"""A source line as a person sees it, with a caret under the place that is meant."""

from __future__ import annotations

import unicodedata

from nnspec.diagnostics.quote import escape

WIDTH = 100
"""Columns of a terminal that an excerpt takes at most."""
_LEAD = 40
_TAB = "    "


def excerpt(line: str, column: int, end_column: int) -> tuple[str, str]:
    """Give the line and the carets that stand under its columns (from 1, end exclusive).

    Tabs become four spaces, control characters escapes, and a long line is cut around the
    place; wide characters count two columns and combining ones none.

    Examples:
        >>> for text in excerpt("  activation: rleu", 15, 19): print(text)
          activation: rleu
                      ^~~~
        >>> for text in excerpt("名: rleu", 4, 8): print(text)
        名: rleu
            ^~~~
    """
    line = line.rstrip()
    start = min(column, len(line) + 1) - 1
    end = max(start + 1, min(end_column - 1, len(line)))
    first = _reach_back(line, start)
    before = "…" * (first > 0) + "".join(map(_cell, line[first:start]))
    last, marked = _reach_on(line, start, WIDTH - _columns(before))
    shown = before + "".join(map(_cell, line[start:last])) + "…" * (last < len(line))
    under = sum(_columns(_cell(character)) for character in line[start : min(end, last)])
    under = max(1, min(under, marked))
    return shown, " " * _columns(before) + "^" + "~" * (under - 1)


def _reach_back(line: str, start: int) -> int:
    """Find where to begin so that the place is in sight; at the line's start if it can be."""
    if start <= WIDTH and len(line) <= WIDTH:
        return 0
    first, room = start, _LEAD
    while first > 0 and (room := room - _columns(_cell(line[first - 1]))) >= 0:
        first -= 1
    return first


def _reach_on(line: str, start: int, room: int) -> tuple[int, int]:
    """Find where to stop so that `room` columns are filled, and how many of them are."""
    last, filled = start, 0
    while last < len(line) and filled + (width := _columns(_cell(line[last]))) < room:
        last, filled = last + 1, filled + width
    return last, filled


def _cell(character: str) -> str:
    return _TAB if character == "\t" else escape(character)


def _columns(text: str) -> int:
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
        if unicodedata.category(character) not in ("Mn", "Me", "Cf")
    )
