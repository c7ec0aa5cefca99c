"""Bytes to text, and faults at places in that text."""

from __future__ import annotations

import codecs
import re
from functools import cached_property

from nnspec.diagnostics.diagnostic import Diagnostic, Span
from nnspec.records import dataclass
from nnspec.source.document import START

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order mark → the encoding that it announces; without one it is UTF-8."""
_STRANGE = "[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""What YAML 1.2 calls not printable; it takes milliseconds to compile."""

_NO_TEXT = "a spec is a text file in UTF-8; is this another kind of file?"


@dataclass(frozen=True)
class Source:
    r"""A text under the name by which a person knows it; its lines end in "\n"."""

    name: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends."""
        return self.text.split("\n")

    def fault(
        self,
        code: str,
        message: str,
        span: Span = START,
        hint: str | None = None,
        related: Span | None = None,
    ) -> Diagnostic:
        """State an error at a place of this text."""
        line = self.lines[span.line - 1] if span.line <= len(self.lines) else ""
        place = (span.line, span.column, span.end_line, span.end_column)
        return Diagnostic(
            self.name, *place, "error", code, message, hint, source=line, related=related
        )

    def clamp(self, line: int, column: int) -> tuple[int, int]:
        """Move a place, counted from 0, back to the text's end if it lies behind it."""
        if line < len(self.lines):
            return line, column
        return len(self.lines) - 1, len(self.lines[-1])

    def one(self, index: int) -> Span:
        """Give the span of the one character at an index of the text."""
        line = self.text.count("\n", 0, index) + 1
        column = index - self.text.rfind("\n", 0, index)
        return Span(line, column, line, column + 1)

    def strange_character(self) -> Diagnostic | None:
        """Find the first character that no text holds: NUL, a control, half a surrogate pair."""
        if self.text.replace("\n", "").replace("\t", "").isprintable():
            return None  # all that Unicode calls printable, YAML does, too
        found = re.search(_STRANGE, self.text)
        if found is None:
            return None
        message = f"the character U+{ord(found[0]):04X} does not belong in a text file"
        hint = 'delete it, or write it as an escape such as "\\x1b" in double quotes'
        if self.text.count("\x00") > 1:
            hint = _NO_TEXT
        return self.fault("invalid-character", message, self.one(found.start()), hint)


def decode(data: bytes) -> str:
    """Decode UTF-8 (with or without a byte order mark) or UTF-16 with one.

    Raises:
        UnicodeDecodeError: if the bytes are no such text.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding)
    return data.decode("utf-8")


def undecodable(name: str, error: UnicodeDecodeError) -> Diagnostic:
    """State where the bytes stop being text."""
    before = unify_line_ends(error.object[: error.start].decode(error.encoding, "replace"))
    source = Source(name, before + "\N{REPLACEMENT CHARACTER}")
    message = f"byte 0x{error.object[error.start]:02x} is not {error.encoding[:6].upper()} text"
    hint = _NO_TEXT if b"\0" in error.object else "save the file as UTF-8"
    return source.fault("encoding", message, source.one(len(before)), hint)


def unify_line_ends(text: str) -> str:
    r"""End every line in "\n": CR LF and CR are line ends in YAML, too."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
