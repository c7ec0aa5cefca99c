"""Misspelt keys, activations, layer types and choices: the word that alone can be meant."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Span
from nnspec.fix.original import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.examine import Examined
    from nnspec.fix.original import Original
    from nnspec.source.document import Document

_SCALAR = re.compile(
    r"""(?P<anchor>(?:[&!][^\s,\[\]{}]*\s+)*)(?P<quote>["']?)(?P<word>.*)(?P=quote)"""
)
_WORD = re.compile(r"[\w -]+")
"""`size:8` is no misspelt `size`, but a space that is missing; an alias is no word either."""
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*", re.ASCII)
_NOT_TEXTS = frozenset({"null", "true", "false"})


def repair(examined: Examined, document: Document, original: Original) -> Iterator[Edit]:
    """Replace the word where it stands; its quotes, its anchor and its tag stay."""
    del document  # a diagnostic knows its place
    for one in examined.diagnostics:
        if one.fix is None or one.end_line > one.line:
            continue  # a word over several lines is no slip of the pen
        start, end = original.within(Span(one.line, one.column, one.end_line, one.end_column))
        scalar = _SCALAR.fullmatch(original.text, start, end)
        if scalar is not None and _WORD.fullmatch(scalar["word"]):
            quote = scalar["quote"]
            yield Edit(*scalar.span("word"), _written(one.fix, quote), one)


def _written(word: str, quote: str) -> str:
    """Write a word so that it is read as that text within its quotes, or without."""
    if quote == "'":
        return word.replace("'", "''")
    if quote or not _PLAIN.fullmatch(word) or word.lower() in _NOT_TEXTS:
        text = json.dumps(word)
        return text[1:-1] if quote else text
    return word
