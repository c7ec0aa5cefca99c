"""Tables and lists for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH = 100


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()
) -> list[str]:
    r"""Align cells in columns under a head and a rule; the columns in `right` at their right end.

    A row that holds nothing is a rule. What would go beyond 100 columns is cut off.

    Examples:
        >>> print(*table(("layer", "size"), [("a", "1,000"), ("b", "3")], right=[1]), sep="\n")
        layer   size
        ─────  ─────
        a      1,000
        b          3
    """
    widths = [max(len(row[k]) for row in (head, *rows) if row) for k in range(len(head))]
    rule = tuple("─" * width for width in widths)

    def line(cells: Sequence[str]) -> str:
        aligned = (
            cell.rjust(width) if k in right else cell.ljust(width)
            for k, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        text = "  ".join(aligned).rstrip()
        return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"

    return [line(head), *(line(row or rule) for row in ((), *rows))]


def listed(start: str, words: Sequence[str], width: int = WIDTH) -> Iterator[str]:
    r"""Yield words separated by commas in lines of at most `width`, aligned after `start`.

    Examples:
        >>> print(*listed("names: ", ["relu", "gelu", "silu"], width=20), sep="\n")
        names: relu, gelu,
               silu
    """
    line, empty = start, True
    for k, word in enumerate(words):
        piece = word if k == len(words) - 1 else f"{word},"
        if not empty and len(line) + 1 + len(piece) > width:
            yield line
            line, empty = " " * len(start), True
        line += piece if empty else f" {piece}"
        empty = False
    yield line
