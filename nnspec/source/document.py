"""A document: plain data, and where in the text each key and each value stands."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from nnspec.diagnostics.diagnostic import Diagnostic, Span
from nnspec.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nnspec.diagnostics.diagnostic import Finding


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
        other = None if finding.related is None else self._span(finding.related, at_key=False)
        # The caret's own line shows it by itself.
        elsewhere = f", given in line {other.line}" if other and other.line != span.line else ""
        return Diagnostic(
            file=self.name,
            line=span.line,
            column=span.column,
            end_line=span.end_line,
            end_column=span.end_column,
            severity=finding.severity,
            code=finding.code,
            message=finding.message + elsewhere,
            hint=finding.hint or f"'nnspec explain {finding.code}' tells more",
            pointer=finding.pointer,
            source=source,
            fix=finding.fix,
            related=other,
        )

    @cached_property
    def _lines(self) -> list[str]:
        # Split once: thousands of findings may stand in one line of megabytes.
        return [line.rstrip("\r") for line in self.text.split("\n")]

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
