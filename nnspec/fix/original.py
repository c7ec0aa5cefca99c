"""The bytes of a spec as a text that can be edited: its mark, encoding and line ends stay."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from nnspec.records import dataclass, field
from nnspec.source.text import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nnspec.diagnostics.diagnostic import Diagnostic, Span

_LINE_END = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A stretch of the text, by offsets, what is to stand there instead, and what that mends."""

    start: int
    end: int
    text: str
    mends: Diagnostic | None = field(default=None, compare=False, repr=False)


def without_clashes(edits: Iterable[Edit]) -> list[Edit]:
    """Sort edits; of two that overlap neither is kept: nobody can say which is right."""
    ordered = sorted(set(edits))
    clashing = {e for a, b in pairwise(ordered) if a.end > b.start for e in (a, b)}
    return [edit for edit in ordered if edit not in clashing]


@dataclass(frozen=True)
class Original:
    r"""A text as it is in its file; a Document's lines and columns are found in it.

    Attributes:
        mark: the byte order mark, or b"".
        text: with its own line ends, unlike `Document.text`.
    """

    mark: bytes
    encoding: str
    text: str

    @classmethod
    def read(cls, data: bytes) -> Original:
        """Decode a file that a Document was read from.

        Raises:
            UnicodeDecodeError: it is no such file.
        """
        known = ((mark, encoding) for mark, encoding in MARKS if data.startswith(mark))
        mark, encoding = next(known, (b"", "utf-8"))
        return cls(mark, encoding, data[len(mark) :].decode(encoding))

    @cached_property
    def newline(self) -> str:
        """The line end of its first line, for a line that is added."""
        found = _LINE_END.search(self.text)
        return found[0] if found else "\n"

    @cached_property
    def _starts(self) -> list[int]:
        # The reader takes off a mark that an editor has doubled, so columns begin behind it.
        first = len(self.text) - len(self.text.removeprefix("\ufeff"))
        return [first, *(end.end() for end in _LINE_END.finditer(self.text))]

    def offset(self, line: int, column: int) -> int:
        """Give the index of a place in the text; lines and columns count from 1."""
        return self._starts[line - 1] + column - 1

    def within(self, span: Span) -> tuple[int, int]:
        """Give the offsets of a stretch."""
        start = self.offset(span.line, span.column)
        return start, self.offset(span.end_line, span.end_column)

    def line_end(self, line: int) -> int:
        """Give the offset of the end of a line, before its line break."""
        found = _LINE_END.search(self.text, self._starts[line - 1])
        return found.start() if found else len(self.text)

    def is_quoted(self, span: Span) -> bool:
        """Say whether a key stands in double quotes, as in JSON."""
        return self.text.startswith('"', self.within(span)[0])

    def edited(self, edits: Sequence[Edit]) -> bytes:
        """Apply edits, sorted and apart, from right to left; give the bytes of the file."""
        text = self.text
        for edit in reversed(edits):  # so that each finds its place
            text = text[: edit.start] + edit.text + text[edit.end :]
        return self.mark + text.encode(self.encoding)
