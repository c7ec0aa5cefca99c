"""A document: plain data, and where in the text each key and each value stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nnspec.diagnostics.diagnostic import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nnspec.diagnostics.diagnostic import Finding


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text; lines and columns count from 1, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Span(1, 1, 1, 2)


@dataclass(frozen=True)
class Document:
    """Plain data (dict, list, str, int, float, bool, None) with positions by JSON pointer.

    Attributes:
        data: the document's value.
        name: how the file is named to a person ("specs/a.yaml", "<string>", "<stdin>").
        folder: where relative paths in the document start.
        text: the text it was read from.
        keys: pointer → where the key stands.
        values: pointer → where the value stands.
    """

    data: Any
    name: str
    folder: Path
    text: str = field(repr=False)
    keys: Mapping[str, Span] = field(repr=False)
    values: Mapping[str, Span] = field(repr=False)

    def diagnose(self, finding: Finding) -> Diagnostic:
        """Give a finding its place: that of the nearest enclosing value that has one.

        A finding that knows no cure of its own is sent to the page of its code.
        """
        span = self._span(finding.pointer, at_key=finding.at == "key")
        source = self._lines[span.line - 1] if span.line <= len(self._lines) else ""
        return Diagnostic(
            file=self.name,
            line=span.line,
            column=span.column,
            end_line=span.end_line,
            end_column=span.end_column,
            severity=finding.severity,
            code=finding.code,
            message=finding.message + self._elsewhere(finding, span.line),
            hint=finding.hint or f"'nnspec explain {finding.code}' tells more",
            pointer=finding.pointer,
            source=source,
            fix=finding.fix,
        )

    @cached_property
    def _lines(self) -> list[str]:
        # Split once: thousands of findings may stand in one line of megabytes.
        return [line.rstrip("\r") for line in self.text.split("\n")]

    def _elsewhere(self, finding: Finding, line: int) -> str:
        """Say in which line the related place is; the caret's own line shows it by itself."""
        if finding.related is None:
            return ""
        other = self._span(finding.related, at_key=False).line
        return "" if other == line else f", given in line {other}"

    def _span(self, pointer: str, *, at_key: bool) -> Span:
        if at_key and pointer in self.keys:
            return self.keys[pointer]
        while pointer and pointer not in self.values:
            pointer = pointer.rpartition("/")[0]
        return self.values.get(pointer, START)


def join(pointer: str, *parts: str | int) -> str:
    """Extend a JSON pointer by keys and indices (RFC 6901 escapes).

    Examples:
        >>> join("/layers", 0, "a/b")
        '/layers/0/a~1b'
    """
    for part in parts:
        pointer += "/" + str(part).replace("~", "~0").replace("/", "~1")
    return pointer
