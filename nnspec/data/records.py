"""The records of a separated-values text: which lines belong together, and their cells."""

from __future__ import annotations

import csv
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from nnspec.data.lines import LONGEST, lines
from nnspec.data.number_text import fault, parse
from nnspec.data.rows import columns
from nnspec.diagnostics.quote import escape, quote
from nnspec.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from numpy.typing import NDArray

    from nnspec.data.chunks import Chunk

Record = tuple[int, str]
"""Where it starts and its text, which has several lines only inside quotes."""

_BYTES = 1 << 20
"""Text that a block may hold, whatever the number of its rows."""

_BREAKS = 10_000
"""Line breaks within one quoted cell; a quote that nobody closed takes in the whole file."""


class First(NamedTuple):
    """The first record of some chunks.

    Attributes:
        chunk: where it stands.
        rest: what comes behind it there.
    """

    record: Record
    chunk: Chunk
    rest: Chunk


def first(chunks: Iterable[Chunk], separator: str, name: str) -> First | None:
    """Find the first record, which is in the first chunk that is not blank."""
    for chunk in chunks:
        stream = BytesIO(chunk.raw)
        all_lines = lines(stream, name, separator, chunk.before)
        for record in join_quoted(all_lines, name):
            return First(record, chunk, chunk.after(stream.tell()))
    return None


def read(chunk: Chunk, separator: str, name: str) -> Iterator[Record]:
    """Yield the records of a chunk."""
    return join_quoted(lines(BytesIO(chunk.raw), name, separator, chunk.before), name)


def join_quoted(found: Iterable[Record], name: str) -> Iterator[Record]:
    """Join the lines of quoted cells that hold line breaks.

    Raises:
        DataError: a quote does not end.
    """
    rest = iter(found)
    for start, line in rest:
        parts, length, quotes = [line], len(line), line.count('"')
        while quotes % 2:
            following = next(rest, None)
            if following is None or length > LONGEST or len(parts) > _BREAKS:
                raise DataError(f"{name}, line {start}: a quoted cell does not end")
            parts.append(following[1])
            length += 1 + len(following[1])
            quotes += following[1].count('"')
        yield start, "\n".join(parts)


def in_blocks(records: Iterable[Record], rows: int) -> Iterator[list[Record]]:
    """Gather records to blocks of at most so many rows, or 1 MiB."""
    block: list[Record] = []
    size = 0
    for record in records:
        block.append(record)
        size += len(record[1])
        if len(block) == rows or size > _BYTES:
            yield block
            block, size = [], 0
    if block:
        yield block


def cells(record: Record, separator: str, name: str) -> list[str]:
    """Split a record by the rules of RFC 4180.

    Raises:
        DataError: text follows a closing quote.
    """
    try:
        return next(csv.reader([record[1]], delimiter=separator, strict=True))
    except csv.Error as error:
        raise DataError(f"{name}, line {record[0]}: {escape(str(error))}") from None


def numbers(
    block: list[Record],
    rows: list[list[str]],
    wanted: Sequence[int],
    header: Sequence[str] | None,
    name: str,
) -> NDArray[Any]:
    """Read the wanted columns cell by cell.

    Raises:
        DataError: with line and column of the first cell that is not a number.
    """
    flat = [row[i] for row in rows for i in wanted]
    values = parse(flat)
    if values is not None:
        return values.reshape(len(rows), len(wanted))
    for (line, _), row in zip(block, rows, strict=True):
        for i in wanted:
            if problem := fault(row[i]):
                title = quote(header[i]) if header else i + 1
                raise DataError(f"{name}, line {line}: column {title}: {problem}")
    raise AssertionError("a fault in bulk is a fault in a cell")


def split(block: list[Record], separator: str, width: int, name: str) -> list[list[str]]:
    """Split all records of a block, which have to be of one width.

    Raises:
        DataError: with the line of the first record that is shorter or longer.
    """
    rows = [cells(record, separator, name) for record in block]
    for (line, _), row in zip(block, rows, strict=True):
        if len(row) != width:
            raise DataError(f"{name}, line {line}: {columns(width)} expected, {len(row)} found")
    return rows
