"""Separated values: .csv with commas, .tsv with tabs, with or without a header."""

from __future__ import annotations

import csv
import io
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from nnspec.data import records
from nnspec.data.chunks import chunks
from nnspec.data.number_text import is_number, texts
from nnspec.data.table import Block, Selection, Table, portions
from nnspec.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from nnspec.data.chunks import Chunk
    from nnspec.data.formats import Layout, Source

SUFFIXES = (".csv", ".tsv")
SEEKS = False
TEXTS = True

_SEPARATORS = {".csv": ",", ".tsv": "\t"}
_FORMULA = ("=", "+", "-", "@", "\t")
"""With these a spreadsheet takes a text for a formula."""


def open(  # noqa: A001, as gzip.open
    source: Source, *, size: int, features: Sequence[str] | None = None
) -> Table:
    """Open a text of separated values; a first row that is no row of numbers is the header."""
    name, separator = source.name, _SEPARATORS[source.suffix]
    found = chunks(source.stream, 2, quoted=True)
    first = records.first(found, separator, name)
    if first is None:
        raise DataError(f"{name} is empty")
    _check_separator(first.record[1], separator, name)
    cells = records.cells(first.record, separator, name)
    header = tuple(cell.strip() for cell in cells) if _is_header(cells, features) else None
    second = records.first(chain([first.rest], found), separator, name) if header else first
    sample = records.cells(second.record, separator, name) if second else []
    width = len(cells)

    def blocks(rows: int, selection: Selection) -> Iterator[Block]:
        for chunk in chunks(source.stream, rows, second.chunk, quoted=True) if second else ():
            for block in _blocks(chunk, rows, selection):
                yield from block.parts(rows)

    def _blocks(chunk: Chunk, rows: int, selection: Selection) -> Iterator[Block]:
        from nnspec.data import bulk

        raw = bulk.tidy(chunk)
        large = (source.bytes or 0) >= bulk.MANY
        wanted = selection.inputs
        values = bulk.numbers(raw, separator, width, wanted, large=large) if raw else None
        if raw is not None and values is not None:
            split = (
                [line.split(separator) for line in raw.decode().splitlines()]
                if selection.kept and header
                else []
            )
            yield Block(
                values,
                kept(split, selection),
                range(chunk.before + 1, chunk.before + len(values) + 1),
            )
            return
        for block in records.in_blocks(records.read(chunk, separator, name), rows):
            split = records.split(block, separator, width, name)
            values = records.numbers(block, split, selection.inputs, header, name)
            yield Block(values, kept(split, selection), [line for line, _ in block])

    def kept(split: list[list[str]], selection: Selection) -> dict[str, list[str]]:
        return {header[i]: [row[i] for row in split] for i in selection.kept} if header else {}

    return Table(
        name=name,
        width=width,
        rows=None,
        blocks=blocks,
        columns=header,
        # An empty cell may be a number left out: only a column of texts is passed over.
        numeric=tuple(not cell.strip() or is_number(cell) for cell in sample)
        if header and len(sample) == width
        else None,
    )


@contextmanager
def create(stream: BinaryIO, layout: Layout) -> Iterator[CsvWriter]:
    """Write a text with a header."""
    yield CsvWriter(stream, layout)


class CsvWriter:
    """Writes the shortest texts that give each number back.

    A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers never.
    """

    def __init__(self, stream: BinaryIO, layout: Layout) -> None:
        self._stream, self._keep, self._width = stream, layout.keep, len(layout.columns)
        self._separator = _SEPARATORS.get(layout.suffix, ",")
        self._add([[_safe(title) for title in layout.keep + layout.columns]])

    def write(
        self, values: NDArray[Any] | Sequence[str], kept: Mapping[str, Sequence[Any]] | None = None
    ) -> None:
        """Add rows."""
        if not kept and isinstance(values, np.ndarray) and values.dtype == np.float32:
            from nnspec.data import shortest

            table = values.reshape(-1, self._width)
            self._stream.write(shortest.lines(table, self._separator.encode()))
            return
        for part in portions(values, kept, self._width):
            self._write(*part)

    def _write(
        self, values: NDArray[Any] | Sequence[str], kept: Mapping[str, Sequence[Any]]
    ) -> None:
        if isinstance(values, np.ndarray) and values.dtype.kind != "U":
            rows = texts(values.reshape(-1, self._width))
        else:
            rows = [[_safe(text)] for text in values]
        if kept:
            beside = zip(*(map(_cell, kept[name]) for name in self._keep), strict=True)
            rows = [[*left, *right] for left, right in zip(beside, rows, strict=True)]
        self._add(rows)

    def _add(self, rows: list[list[str]]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=self._separator, lineterminator="\n").writerows(rows)
        # Half a surrogate pair, which JSON allows and UTF-8 does not, becomes "?".
        self._stream.write(text.getvalue().encode("utf-8", "replace"))


def _is_header(cells: list[str], features: Sequence[str] | None) -> bool:
    """Tell a header from a row of numbers, and from a row of numbers with a fault in it.

    A header may have numbered columns and, as pandas writes it, an empty first cell.
    """
    if features is not None and set(features) <= {cell.strip() for cell in cells}:
        return True
    words = [cell.strip() for cell in cells if not is_number(cell)]
    return any(words) and all(cell.strip().isdigit() for cell in cells if is_number(cell))


def _check_separator(text: str, separator: str, name: str) -> None:
    """Refuse what was separated otherwise, such as by semicolons with decimal commas."""
    for other, called in ((";", "semicolons"), ("\t", "tabs"), (",", "commas")):
        if other == separator or other not in text:
            continue
        numbers = all(is_number(cell.replace(",", ".")) for cell in text.split(other))
        if separator not in text or (other == ";" and numbers):
            expected = "commas" if separator == "," else "tabs"
            cure = (
                "" if other == ";" else " or name it .tsv" if other == "\t" else " or name it .csv"
            )
            raise DataError(
                f"{name}: the columns are separated by {called}; save them with {expected} "
                f"between them and points in the numbers{cure}"
            )


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) and not is_number(text) else text


def _cell(value: Any) -> str:
    match value:
        case str():
            return _safe(value)
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)
