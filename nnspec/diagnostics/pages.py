"""The pages of the codes: one Markdown file each, which is documentation and test at once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_FOLDER = files("nnspec.diagnostics") / "codes"


@cache
def codes() -> tuple[str, ...]:
    """List all codes in order.

    Examples:
        >>> "unknown-activation" in codes()
        True
    """
    names = (page.name for page in _FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(".md") for name in names if name.endswith(".md")))


def read(code: str) -> str:
    """Give the page of a code, as Markdown."""
    return (_FOLDER / f"{code}.md").read_text(encoding="utf-8").rstrip()


def meaning(code: str) -> str:
    """Give the sentence that says what a code means.

    Examples:
        >>> meaning("duplicate-key")
        'A mapping gives the same key twice.'
    """
    paragraphs = read(code).split("\n\n")
    return " ".join(paragraphs[1].split())
