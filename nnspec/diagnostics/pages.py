"""The pages of the codes: one Markdown file each, which is documentation and test at once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@cache
def codes() -> tuple[str, ...]:
    """List all codes in order.

    Examples:
        >>> "unknown-activation" in codes()
        True
    """
    names = (page.name for page in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".md") for name in names if name.endswith(".md")))


def read(code: str) -> str:
    """Give the page of a code, as Markdown."""
    return (_folder() / f"{code}.md").read_text(encoding="utf-8").rstrip()


def meaning(code: str) -> str:
    """Give the sentence that says what a code means.

    Examples:
        >>> meaning("duplicate-key")
        'A mapping gives the same key twice.'
    """
    paragraphs = read(code).split("\n\n")
    return " ".join(paragraphs[1].split())


def _folder() -> Traversable:
    from importlib.resources import files

    return files("nnspec.diagnostics") / "codes"
