"""A text of any size in chunks of whole lines, which can be read each on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nnspec.data.lines import LONGEST
from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_BYTES = 4 << 20
"""Text that a chunk may hold, whatever the number of its lines."""
_PIECE = 256 << 10


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some lines of a text.

    Attributes:
        raw: their bytes; the last one may end without a line feed.
        before: how many lines were before them.
    """

    raw: bytes
    before: int = 0

    def after(self, place: int) -> Chunk:
        """Give what comes after so many bytes, which end a line."""
        return Chunk(self.raw[place:], self.before + line_feeds(self.raw[:place]))


def line_feeds(raw: bytes) -> int:
    r"""Count the line feeds, several times as fast as `bytes.count`.

    Examples:
        >>> line_feeds(b"1\n2\n")
        2
    """
    return int(np.count_nonzero(np.frombuffer(raw, np.uint8) == ord("\n")))


def chunks(
    stream: BinaryIO, rows: int, chunk: Chunk | None = None, *, quoted: bool
) -> Iterator[Chunk]:
    """Yield chunks of about so many lines, or 4 MiB, as soon as they are there.

    `chunk` was read before, and comes first. Where line breaks may be `quoted`, a chunk never
    ends inside of quotes, unless what they hold is too long.
    """
    before = 0
    if chunk is not None:
        before = chunk.before + line_feeds(chunk.raw)
        yield chunk
    while raw := _next(stream, rows, quoted):
        yield Chunk(raw, before)
        before += line_feeds(raw)


def _next(stream: BinaryIO, rows: int, quoted: bool) -> bytes:
    read = getattr(stream, "read1", stream.read)
    parts: list[bytes] = []
    size = found = quotes = 0
    while size < _BYTES and found < rows and (part := read(_PIECE)):
        parts.append(part)
        size += len(part)
        found += line_feeds(part)
        quotes += part.count(b'"') if quoted and b'"' in part else 0
    while parts and (quotes % 2 or not parts[-1].endswith(b"\n")) and size < _BYTES + 2 * LONGEST:
        line = stream.readline(LONGEST + 1)
        if not line:
            break
        parts.append(line)
        size += len(line)
        quotes += quoted and line.count(b'"')
    return b"".join(parts)
