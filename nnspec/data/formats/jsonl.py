"""JSON Lines: each line a row, an array of numbers or an object {column: number}."""

from __future__ import annotations

import json
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from nnspec.data import strict_json
from nnspec.data.lines import lines
from nnspec.data.number_text import texts
from nnspec.data.records import in_blocks
from nnspec.data.rows import columns
from nnspec.data.table import Block, Selection, Table
from nnspec.diagnostics.quote import quote
from nnspec.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from nnspec.data.formats import Layout, Source

SUFFIXES = (".jsonl",)
SEEKS = False
TEXTS = True

_NUMBERS = frozenset({int, float, bool})


def open(  # noqa: A001, as gzip.open
    source: Source, *, size: int, features: Sequence[str] | None = None
) -> Table:
    """Open JSON Lines; the first row says what the others look like."""
    name = source.name
    rest = lines(source.stream, name)
    first = next(rest, None)
    if first is None:
        raise DataError(f"{name} is empty")
    pattern: Any = _row(first, name)
    keys: Sequence[Any] = list(pattern) if isinstance(pattern, dict) else range(len(pattern))
    cells = pattern.values() if isinstance(pattern, dict) else pattern

    def blocks(rows: int, selection: Selection) -> Iterator[Block]:
        inputs = [keys[i] for i in selection.inputs]
        names = [keys[i] for i in selection.kept]
        for block in in_blocks(chain([first], rest), rows):
            values = np.empty((len(block), len(inputs)))
            kept: dict[str, list[Any]] = {key: [] for key in names}
            for k, line in enumerate(block):
                row: Any = _row(line, name)
                place = f"{name}, line {line[0]}"
                _check(row, pattern, [*inputs, *names], place, by_name=selection.by_name)
                values[k] = _floats(row, inputs, place)
                for key, column in kept.items():
                    column.append(_kept(row[key]))
            yield Block(values, kept)

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
        self._stream, self._keep = stream, layout.keep
        keys = [f"{_json(name)}: " for name in layout.keep + layout.columns]
        self._keys = ["{" + keys[0], *(f", {key}" for key in keys[1:])]

    def write(
        self, values: NDArray[Any] | Sequence[str], kept: Mapping[str, Sequence[Any]] | None = None
    ) -> None:
        """Add rows."""
        if isinstance(values, np.ndarray) and values.dtype.kind != "U":
            table = values.reshape(len(values), -1)
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


def _check(row: Any, pattern: Any, keys: Sequence[Any], place: str, *, by_name: bool) -> None:
    """Compare a row with the first one; picked by name, other columns may come and go."""
    if type(row) is not type(pattern):
        raise DataError(f"{place}: arrays and objects are mixed")
    if isinstance(row, list):
        if len(row) != len(pattern):
            raise DataError(f"{place}: {columns(len(pattern))} expected, {len(row)} found")
        return
    for key in keys:
        if key not in row:
            raise DataError(f"{place}: no column {quote(key)}")
    if not by_name and (unknown := row.keys() - pattern.keys()):
        raise DataError(f"{place}: column {quote(min(unknown))}, which the first row does not have")


def _floats(row: Any, keys: Sequence[Any], place: str) -> list[float]:
    cells = [row[key] for key in keys]
    if not set(map(type, cells)) <= _NUMBERS:
        key = next(key for key in keys if type(row[key]) not in _NUMBERS)
        title = quote(key + 1 if isinstance(key, int) else key)
        raise DataError(f"{place}: column {title} has {quote(row[key])}, a number is expected")
    try:
        return list(map(float, cells))
    except OverflowError:
        raise DataError(f"{place}: a whole number is out of range") from None


def _kept(value: Any) -> Any:
    return _json(value) if isinstance(value, list | dict) else value


def _json(value: Any) -> str:
    if isinstance(value, float) and not np.isfinite(value):
        return "null"
    return json.dumps(value, ensure_ascii=False, default=str)
