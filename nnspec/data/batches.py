"""Data from anywhere as blocks of rows that a network can take."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from nnspec.data import sources, strict_json
from nnspec.data.columns import select
from nnspec.data.lines import LONGEST
from nnspec.data.rows import cast, count_rows, numbers
from nnspec.data.table import Block, Table
from nnspec.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nnspec.data.formats import Source
    from nnspec.data.table import Selection

_LONGEST_DOCUMENT = 8 * LONGEST


class Batches:
    """Rows that have been opened: iterate once, and close or use as a context manager.

    Attributes:
        name: how messages call the data.
        rows: how many rows there are; None where only reading tells.
        inputs: the names of the columns that are the inputs; None where columns have none.
        unused: the names of the columns that no input takes.
        waits: reading may wait for somebody, as for the other end of a pipe.
    """

    def __init__(self, table: Table, selection: Selection, dtype: str, block_rows: int) -> None:
        self.name, self.rows, self.waits = table.name, table.rows, table.waits
        names, chosen = table.columns, selection.inputs
        self.inputs = None if names is None else tuple(names[i] for i in chosen)
        taken = {*chosen, *selection.kept}
        self.unused = tuple(name for i, name in enumerate(names or ()) if i not in taken)
        self._table, self._selection = table, selection
        self._dtype, self._block_rows = dtype, block_rows

    def __iter__(self) -> Iterator[Block]:
        """Yield blocks: values (at most block_rows, size), C-contiguous, and what is kept.

        Raises:
            DataError: with the place of what is wrong.
        """
        first = 0
        try:
            for block in self._table.blocks(self._block_rows, self._selection):
                values = cast(block.values, self._dtype, self.name, first)
                yield replace(block, values=values)
                first += len(block.values)
        except OSError as error:
            raise DataError(f"cannot read {self.name}: {sources.reason(error)}") from None
        finally:
            self.close()

    def __enter__(self) -> Batches:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._table.close()


def open(  # noqa: A001, as gzip.open
    source: str | os.PathLike[str] | BinaryIO | Any,
    *,
    size: int,
    dtype: str,
    features: Sequence[str] | None = None,
    keep: Sequence[str] = (),
    block_rows: int = 4096,
) -> Batches:
    """Open data for a network of `size` inputs.

    Args:
        source: a path; "-" for standard input; a text that begins with "[", which is one row or
            rows in JSON; a binary stream; or an array or nested lists.
        size: inputs of the network.
        dtype: what the network computes in, "float32" or "float64".
        features: names of the inputs, by which columns are picked.
        keep: columns to hand on with each block.
        block_rows: rows of a block, at most.

    Raises:
        DataError: it cannot be read, or does not fit.
        UsageError: a column to keep is not there.

    Examples:
        >>> [block.values for block in open("[[1, 2], [3, 4]]", size=2, dtype="float32")]
        [array([[1., 2.], [3., 4.]], dtype=float32)]
    """
    table = _table(source, size, features)
    try:
        selection = select(table, size=size, features=features, keep=keep)
    except BaseException:
        table.close()
        raise
    return Batches(table, selection, dtype, block_rows)


def _table(source: Any, size: int, features: Sequence[str] | None) -> Table:
    if isinstance(source, str) and source.lstrip().startswith("["):
        return _from_array(_json(source, "the data"), size, "the data")
    if isinstance(source, str) and source == "-":
        return _from_stream(sys.stdin.buffer, "standard input", size, features)
    if isinstance(source, str | os.PathLike):
        return _from_source(sources.from_path(Path(source)), size, features)
    if hasattr(source, "read"):
        return _from_stream(source, "the data", size, features)
    return _from_array(source, size, "the data")


def _from_stream(stream: BinaryIO, name: str, size: int, features: Sequence[str] | None) -> Table:
    try:
        return _from_source(sources.from_stream(stream, name), size, features)
    except OSError as error:
        raise DataError(f"cannot read {name}: {sources.reason(error)}") from None


def _from_source(source: Source, size: int, features: Sequence[str] | None) -> Table:
    try:
        if source.suffix == sources.DOCUMENT:
            return _from_array(_document(source), size, source.name)
        table = sources.format_of(source).open(source, size=size, features=features)
    except BaseException as error:
        source.stream.close()
        if isinstance(error, OSError):
            raise DataError(f"cannot read {source.name}: {sources.reason(error)}") from None
        raise

    def close() -> None:
        table.close()
        source.stream.close()

    return replace(table, close=close, waits=source.bytes is None)


def _from_array(value: Any, size: int, name: str) -> Table:
    array = numbers(value, name)
    count = count_rows(array.shape, size, name)
    whole = array if len(array) == count else array.reshape(count, size)

    def blocks(rows: int, selection: Selection) -> Iterator[Block]:
        for first in range(0, count, rows):
            yield Block(np.asarray(whole[first : first + rows]).reshape(-1, size))

    return Table(name=name, width=size, rows=count, blocks=blocks)


def _document(source: Source) -> Any:
    raw = source.stream.read(_LONGEST_DOCUMENT + 1)
    source.stream.close()
    if len(raw) > _LONGEST_DOCUMENT:
        raise DataError(
            f"{source.name}: a JSON array of more than {_LONGEST_DOCUMENT >> 20} MiB; give JSON "
            "Lines, a row a line"
        )
    try:
        return _json(raw.decode("utf-8-sig"), source.name)
    except UnicodeDecodeError:
        raise DataError(f"{source.name}: not UTF-8 text") from None


def _json(text: str, name: str) -> Any:
    try:
        return strict_json.loads(text)
    except ValueError as error:
        raise DataError(f"{name}: {error}") from None
