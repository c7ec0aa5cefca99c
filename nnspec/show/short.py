"""Foreign text for a place of limited width."""

from __future__ import annotations

from nnspec.diagnostics.quote import escape


def short(text: str, most: int) -> str:
    r"""Escape what does not print, and cut what is longer than `most` characters.

    Examples:
        >>> short("sepal length (cm)", 20), short("sepal length (cm)", 7), short("a\n", 7)
        ('sepal length (cm)', 'sepal …', 'a\\n')
    """
    text = escape(text[: most + 1])
    return text if len(text) <= most else f"{text[: most - 1]}…"
