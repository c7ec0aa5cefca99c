"""JSON Lines: each line a row, an array of numbers or an object {column: number}."""

from __future__ import annotations

import json
from contextlib import contextmanager
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from nnspec.data import strict_json
from nnspec.data.chunks import chunks
from nnspec.data.lines import lines
from nnspec.data.number_text import texts
from nnspec.data.records import in_blocks
from nnspec.data.rows import columns
from nnspec.data.table import Block, Selection, Table, portions
from nnspec.diagnostics.quote import quote
from nnspec.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from nnspec.data.chunks import Chunk
    from nnspec.data.formats import Layout, Source
    from nnspec.data.records import Record

SUFFIXES = (".jsonl",)
SEEKS = False
TEXTS = True

_NUMBERS = frozenset({int, float, bool})


def open(  # noqa: A001, as gzip.open
    source: Source, *, size: int, features: Sequence[str] | None = None
) -> Table:
    """Open JSON Lines; the first row says what the others look like."""
    name = source.name
    start, first = _start(source)
    pattern: Any = _row(first, name)
    keys: Sequence[Any] = list(pattern) if isinstance(pattern, dict) else range(len(pattern))
    cells = pattern.values() if isinstance(pattern, dict) else pattern

    def blocks(rows: int, selection: Selection) -> Iterator[Block]:
        for chunk in chunks(source.stream, rows, start, quoted=False):
            block = _arrays(chunk, len(keys), selection) if isinstance(pattern, list) else None
            if block is None:
                text = lines(BytesIO(chunk.raw), name, ",", chunk.before)
                for some in in_blocks(text, rows):
                    yield _bulk(some, pattern, keys, selection) or one_by_one(some, selection)
                continue
            yield from block.parts(rows)

    def one_by_one(block: list[Record], selection: Selection) -> Block:
        inputs = [keys[i] for i in selection.inputs]
        numbers = []
        kept: dict[str, list[Any]] = {keys[i]: [] for i in selection.kept}
        for line in block:
            row: Any = _row(line, name)
            try:
                _check(row, pattern, by_name=selection.by_name)
                numbers.append(_floats(row, inputs))
                for key, column in kept.items():
                    column.append(_kept(row[key]))
            except KeyError as error:
                missing = quote(error.args[0])
                raise DataError(f"{name}, line {line[0]}: no column {missing}") from None
            except ValueError as error:
                raise DataError(f"{name}, line {line[0]}: {error}") from None
        values = np.array(numbers, np.float64).reshape(len(block), len(inputs))
        return Block(values, kept, [number for number, _ in block])

    return Table(
        name=name,
        width=len(pattern),
        rows=None,
        blocks=blocks,
        columns=tuple(pattern) if isinstance(pattern, dict) else None,
        numeric=tuple(type(cell) in _NUMBERS for cell in cells),
    )


@contextmanager
def create(stream: BinaryIO, layout: Layout) -> Iterator[JsonlWriter]:
    """Write JSON Lines of objects {column: value}."""
    yield JsonlWriter(stream, layout)


class JsonlWriter:
    """Writes an object a row; NaN and infinities, which JSON does not have, become null."""

    def __init__(self, stream: BinaryIO, layout: Layout) -> None:
        self._stream, self._keep, self._width = stream, layout.keep, len(layout.columns)
        keys = [f"{_json(name)}: " for name in layout.keep + layout.columns]
        self._keys = ["{" + keys[0], *(f", {key}" for key in keys[1:])]

    def write(
        self, values: NDArray[Any] | Sequence[str], kept: Mapping[str, Sequence[Any]] | None = None
    ) -> None:
        """Add rows."""
        for part in portions(values, kept, self._width):
            self._write(*part)

    def _write(
        self, values: NDArray[Any] | Sequence[str], kept: Mapping[str, Sequence[Any]]
    ) -> None:
        if isinstance(values, np.ndarray) and values.dtype.kind != "U":
            table = values.reshape(-1, self._width)
            rows = texts(table)
            for row, column in np.argwhere(~np.isfinite(table)):
                rows[row][column] = "null"
        else:
            rows = [[_json(str(text))] for text in values]
        if kept:
            beside = zip(*(map(_json, kept[name]) for name in self._keep), strict=True)
            rows = [[*left, *right] for left, right in zip(beside, rows, strict=True)]
        lines = ("".join(chain.from_iterable(zip(self._keys, row, strict=True))) for row in rows)
        self._stream.write("".join(line + "}\n" for line in lines).encode("utf-8", "replace"))


def _start(source: Source) -> tuple[Chunk, Record]:
    """Give the first chunk that is not blank, and its first line."""
    for chunk in chunks(source.stream, 1, quoted=False):
        for line in lines(BytesIO(chunk.raw), source.name, ",", chunk.before):
            return chunk, line
    raise DataError(f"{source.name} is empty")


def _arrays(chunk: Chunk, width: int, selection: Selection) -> Block | None:
    from nnspec.data import bulk, json_bulk

    raw = bulk.tidy(chunk)
    values = json_bulk.arrays(raw, width, selection.inputs) if raw else None
    if values is None:
        return None
    return Block(values, {}, range(chunk.before + 1, chunk.before + len(values) + 1))


def _bulk(
    block: list[Record], pattern: Any, keys: Sequence[Any], selection: Selection
) -> Block | None:
    from nnspec.data import json_bulk

    inputs = [keys[i] for i in selection.inputs]
    all_used = len(inputs) == len(keys) and not selection.by_name
    rows = strict_json.rows([text for _, text in block], numbers_follow=all_used)
    if rows is None:
        return None
    # The first row of the file goes along, so that all are compared with it.
    values = json_bulk.numbers([pattern, *rows], keys, inputs, by_name=selection.by_name)
    if values is None:
        return None
    try:
        kept = {keys[i]: [_kept(row[keys[i]]) for row in rows] for i in selection.kept}
    except KeyError:
        return None
    return Block(values[1:], kept, [number for number, _ in block])


def _row(line: tuple[int, str], name: str) -> list[Any] | dict[str, Any]:
    try:
        row = strict_json.loads(line[1])
    except ValueError as error:
        raise DataError(f"{name}, line {line[0]}: {error}") from None
    if not isinstance(row, list | dict):
        raise DataError(
            f"{name}, line {line[0]}: {quote(row)} is no row; a row is an array of numbers or an "
            "object {column: number}"
        )
    return row


def _check(row: Any, pattern: Any, *, by_name: bool) -> None:
    """Compare a row with the first one; picked by name, other columns may come and go."""
    if type(row) is not type(pattern):
        raise ValueError("arrays and objects are mixed")
    if isinstance(row, list):
        if len(row) != len(pattern):
            raise ValueError(f"{columns(len(pattern))} expected, {len(row)} found")
    elif not by_name and row.keys() != pattern.keys():
        if unknown := row.keys() - pattern.keys():
            raise ValueError(f"column {quote(min(unknown))}, which the first row does not have")
        raise KeyError(min(pattern.keys() - row.keys()))


def _floats(row: Any, keys: Sequence[Any]) -> list[float]:
    cells = [row[key] for key in keys]
    if not _NUMBERS.issuperset(map(type, cells)):
        key = next(key for key in keys if type(row[key]) not in _NUMBERS)
        title = key + 1 if isinstance(key, int) else quote(key)
        raise ValueError(f"column {title}: {quote(row[key])} is not a number")
    try:
        return list(map(float, cells))
    except OverflowError:
        raise ValueError("a whole number is out of range") from None


def _kept(value: Any) -> Any:
    return _json(value) if isinstance(value, list | dict) else value


def _json(value: Any) -> str:
    if isinstance(value, float) and not np.isfinite(value):
        return "null"
    return json.dumps(value, ensure_ascii=False, default=str)
