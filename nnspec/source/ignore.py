"""`# nnspec: ignore[code]` at the end of a line: the warnings of that line that are meant so."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from nnspec.diagnostics import pages
from nnspec.diagnostics.diagnostic import Diagnostic
from nnspec.diagnostics.quote import quote
from nnspec.diagnostics.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from nnspec.source.comments import Comment
    from nnspec.source.document import Document

_IGNORE = re.compile(r"#[ \t]*nnspec:[ \t]*ignore\b(?:\[(?P<codes>[^\]#]{0,1000})\])?")
_CODE = re.compile(r"[^\s,]+")
_MOST = 100
"""So many useless comments are told; a stranger's file may hold a hundred thousand."""


class _Wish(NamedTuple):
    """One code that a comment names; "" where it names none."""

    code: str
    column: int
    comment: Comment


def suppress(
    document: Document, found: Collection[Diagnostic], *, unjudged: Collection[str] | None = ()
) -> list[Diagnostic]:
    """Take out the warnings that the lines themselves ask to ignore; errors stay.

    A comment that ignores nothing gets a warning in its turn.

    Args:
        document: whose comments count.
        found: all that is known against the document.
        unjudged: codes of checks that were not made, so that their comments may be of use; None
            where any may be.
    """
    wishes = list(_wishes(document)) if _IGNORE.search(document.text) else []
    if not wishes:
        return list(found)
    granted = {(wish.comment.line, wish.code) for wish in wishes if not wish.comment.is_alone}
    kept = [d for d in found if d.severity == "error" or (d.line, d.code) not in granted]
    useful = {(d.line, d.code) for d in found} - {(d.line, d.code) for d in kept}
    others = (wish for wish in wishes if (wish.comment.line, wish.code) not in useful)
    return [*kept, *islice(_useless(document, others, found, unjudged), _MOST)]


def _wishes(document: Document) -> Iterator[_Wish]:
    from nnspec.source.comments import comments  # by PyYAML, which takes 12 ms to import

    for comment in comments(document.text):
        for match in _IGNORE.finditer(comment.text):
            if comment.is_alone and match.start() > 0:
                break  # prose about such comments
            listed = [*_CODE.finditer(match["codes"] or "")]
            for code in listed:
                column = comment.column + match.start("codes") + code.start()
                yield _Wish(code[0], column, comment)
            if not listed:
                yield _Wish("", comment.column + match.start(), comment)


def _useless(
    document: Document,
    wishes: Iterable[_Wish],
    found: Collection[Diagnostic],
    unjudged: Collection[str] | None,
) -> Iterator[Diagnostic]:
    codes = {*pages.codes(), *(d.code for d in found)}
    errors = {(d.line, d.code) for d in found if d.severity == "error"}
    lines = document.text.split("\n")
    for wish in wishes:
        reason = _reason(wish, errors, codes)
        if reason is None and unjudged is not None and wish.code not in unjudged:
            reason = f"no warning[{wish.code}] in this line", "take the comment out"
        if reason is not None:
            line, (message, hint) = wish.comment.line, reason
            yield Diagnostic(
                file=document.name,
                line=line,
                column=wish.column,
                end_line=line,
                end_column=wish.column + max(1, len(wish.code)),
                severity="warning",
                code="useless-ignore",
                message=message,
                hint=hint,
                source=lines[line - 1],
            )


def _reason(
    wish: _Wish, errors: Collection[tuple[int, str]], codes: Collection[str]
) -> tuple[str, str] | None:
    """Say why a wish cannot be granted, and what to do; None where it could be."""
    if not wish.code:
        return "the comment names no code", "write which: # nnspec: ignore[code]"
    if wish.code not in codes:
        hint = did_you_mean(wish.code, sorted(codes)) or "'nnspec explain' lists the codes"
        return f"there is no code {quote(wish.code)}", hint
    if wish.comment.is_alone:
        return "the comment stands in a line of its own", "put it at the end of the line it means"
    if (wish.comment.line, wish.code) in errors:
        return f"{wish.code} is an error here, which cannot be ignored", "mend it"
    return None
