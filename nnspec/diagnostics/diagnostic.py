"""A Finding is a fact about a document; a Diagnostic is that fact at its place in a file."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Literal

from nnspec.records import dataclass, field

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, by JSON pointer; it knows no file, line or column.

    Attributes:
        code: the kind of fault, one of `nnspec/diagnostics/codes/`.
        message: names the fault, never the cure, in one line without a final stop.
        pointer: RFC 6901 pointer to the place in the document, "" for the whole.
        hint: the cure, as a phrase that can follow "help:".
        severity: "error" stops a run, "warning" does not.
        at: whether the key or the value at the pointer is meant.
        fix: the text that belongs in its place, where nothing else can be meant.
        related: pointer to another place that the message speaks of last; its line is added.
    """

    code: str
    message: str
    pointer: str = ""
    hint: str | None = None
    severity: Severity = "error"
    at: Literal["value", "key"] = "value"
    fix: str | None = None
    related: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text; lines and columns count from 1, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One fault at its place; lines and columns count from 1, the end is exclusive.

    Examples:
        >>> print(Diagnostic("a.yaml", 7, 17, 7, 21, "error", "unknown-activation",
        ...                  "unknown activation 'rleu'", "did you mean 'relu'?"))
        a.yaml:7:17: error[unknown-activation]: unknown activation 'rleu'
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    severity: Severity
    code: str
    message: str
    hint: str | None = field(default=None, compare=False)
    pointer: str = field(default="", compare=False)
    source: str = field(default="", compare=False, repr=False)
    """The text of the line, for the caret; no part of the JSON form."""
    fix: str | None = field(default=None, compare=False, repr=False)
    """The text that belongs in this place, for `--fix`; no part of the JSON form."""
    mendable: bool = field(default=False, compare=False, repr=False)
    """Whether `--fix` mends it, as far as that was asked; no part of the JSON form."""
    related: Span | None = field(default=None, compare=False, repr=False)
    """The other place, whose line the message ends with; no part of the JSON form."""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}"
        return f"{place}: {self.severity}[{self.code}]: {self.message}"

    def as_dict(self) -> dict[str, Any]:
        """Give the JSON form: file, line, column, end_line, end_column, severity, code, …."""
        form = asdict(self)
        for key in ("source", "fix", "mendable", "related"):
            del form[key]
        return form
