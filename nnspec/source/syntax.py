"""A syntax error in plain words, at the place where it can be mended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import yaml

from nnspec.diagnostics.diagnostic import Span
from nnspec.diagnostics.quote import quote
from nnspec.records import dataclass
from nnspec.source.document import START

if TYPE_CHECKING:
    from nnspec.diagnostics.diagnostic import Diagnostic
    from nnspec.source.text import Source

_COLUMN = "keys of one mapping stand in one column, and so do the dashes of one list"
_QUOTE = "put the value in quotes"


class _Words(NamedTuple):
    message: str
    hint: str | None = None
    at_opening: bool = False
    code: str = "yaml-syntax"


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in a text; line and column count from 0."""

    source: Source
    line: int
    column: int

    @property
    def before(self) -> str:
        """What stands before it in its line."""
        return self.source.lines[self.line][: self.column]

    @property
    def rest(self) -> str:
        """What stands from it on in its line."""
        return self.source.lines[self.line][self.column :]

    @property
    def indentation(self) -> int:
        line = self.source.lines[self.line]
        return len(line) - len(line.lstrip())

    @property
    def at_end(self) -> bool:
        return not self.rest.strip() and not any(map(str.strip, self.source.lines[self.line + 1 :]))


def explain(error: yaml.YAMLError | ValueError, source: Source) -> Diagnostic:
    """Say what PyYAML's error means.

    The place is that of the error, or that of the opening quote, bracket or key where that is
    what a person has to mend.
    """
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return source.fault("yaml-syntax", f"not valid YAML: {quote(str(error))}", START)
    mark, context = error.problem_mark, error.context_mark or error.problem_mark
    place = _Place(source, *source.clamp(mark.line, mark.column))
    opening = _Place(source, *source.clamp(context.line, context.column))
    words = _words(error.problem or "", error.context or "", place, opening)
    at = opening if words.at_opening else place
    width = 1 if not words.message.startswith("a key without") else len(at.rest.rstrip())
    span = Span(at.line + 1, at.column + 1, at.line + 1, at.column + 1 + max(1, width))
    return source.fault(words.code, words.message, span, words.hint)


def _words(problem: str, context: str, place: _Place, opening: _Place) -> _Words:
    found = place.rest[:1]
    if "tab character" in problem or ("cannot start any token" in problem and found == "\t"):
        return _Words("a tab where only spaces may stand", "indent with spaces")
    if "mapping values are not allowed" in problem:
        if re.search(r":\s", place.before):
            return _Words("a second ': ' within one value", _QUOTE)
        return _Words("a key where none can stand", _COLUMN)
    if "flow" in context and "',' or" in problem:
        return _bracket(place, opening)
    if (
        "did not find expected key" in problem
        or "'-' indicator" in problem
        or "<block end>" in problem
    ):
        return _misfit(context, place, opening)
    for needle, words in _PLAIN.items():
        if needle in problem:
            shown = {
                "found": quote(found) if found else "the end",
                "opened": quote(opening.rest[:1]),
            }
            hint = words.hint and words.hint.format(**shown)
            return words._replace(message=words.message.format(**shown), hint=hint)
    if "tag" in context or "tag" in problem:
        return _Words("a tag that cannot be read", "text that begins with '!' needs quotes", True)
    return _Words(f"not valid YAML: {quote(problem)[1:-1]}")


def _bracket(place: _Place, opening: _Place) -> _Words:
    opened = opening.rest[:1]
    closing = "]" if opened == "[" else "}"
    # What is no deeper than the line of the bracket belongs to what stands around it.
    left = place.line > opening.line and place.indentation <= opening.indentation
    if place.at_end or left:
        return _Words(f"{quote(opened)} is not closed", f"close it with '{closing}'", True)
    where = f"after {quote(opened)} in line {opening.line + 1}"
    found = quote(place.rest[:1])
    hint = "put a comma before the key" if found == "':'" else _QUOTE
    return _Words(f"expected ',' or '{closing}' {where}, found {found}", hint)


def _misfit(context: str, place: _Place, opening: _Place) -> _Words:
    if place.before.strip(" -?:"):
        return _Words(
            "text after the end of a value",
            "put the whole value in quotes, and double a quote within",
        )
    kind = "mapping" if "mapping" in context else "list"
    where = f"in line {opening.line + 1}, column {opening.column + 1}"
    return _Words(f"this line does not fit the {kind} that begins {where}", _COLUMN)


_PLAIN = {
    "nesting depth": _Words("the spec is nested too deep", code="spec-too-large"),
    "cannot start any token": _Words("a plain value cannot begin with {found}", _QUOTE),
    "unexpected end of stream": _Words(
        "the quote {opened} is not closed", "close it with {opened}", True
    ),
    "unexpected document": _Words(
        "the quote {opened} is not closed", "close it with {opened}", True
    ),
    "expected ':'": _Words("a key without ': ' after it", "write 'key: value'", True),
    "entries are not allowed": _Words(
        "a list cannot begin in the line of its key", "begin the list in a line of its own"
    ),
    "mapping keys are not allowed": _Words("'? ' cannot stand here", _QUOTE),
    "unknown escape character": _Words(
        "an unknown escape in double quotes", "write two backslashes for one, or use single quotes"
    ),
    "Unicode character escape": _Words(
        "an escape that stands for no character",
        "write the character itself",
        code="invalid-character",
    ),
    "hexadecimal": _Words(
        "an escape without its digits", "write two backslashes for one, or use single quotes"
    ),
    "alphabetic or numeric": _Words("text that begins with {opened} is not a name", _QUOTE, True),
    "node content": _Words(
        "expected a value, found {found}", "a value is missing, or its text needs quotes"
    ),
    "document start": _Words("this line belongs to nothing above it", _COLUMN),
    "comment or": _Words("text behind the sign of a text block", "begin the text in the next line"),
    "chomping": _Words("text behind the sign of a text block", "begin the text in the next line"),
    "incompatible YAML": _Words("a version of YAML other than 1.2", "leave the line out"),
}
"""A part of PyYAML's words → ours, for the errors that need no closer look."""
