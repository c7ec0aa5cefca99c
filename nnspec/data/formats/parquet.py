"""Parquet, by way of pyarrow: numeric columns in, batch by batch, never a row group at once."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from nnspec.data import row_groups
from nnspec.data.table import Block, Selection, Table
from nnspec.diagnostics.quote import quote
from nnspec.errors import DataError, MissingExtraError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from nnspec.data.formats import Layout, Source

SUFFIXES = (".parquet",)
SEEKS = True
TEXTS = True

_LARGE, _RATIO = 256 << 20, 100
_LEAST, _BUFFER, _BUFFERS = 4 << 10, 64 << 10, 64 << 20
"""Bytes of each column that are read ahead, at least and at most, and of all columns together;
without, a column of a row group is read whole."""


def open(  # noqa: A001, as gzip.open
    source: Source, *, size: int, features: Sequence[str] | None = None
) -> Table:
    """Open a Parquet file; a null in a column of numbers is NaN, as pandas writes NaN."""
    pa = _pyarrow("reading .parquet data")
    import pyarrow.parquet as pq

    name = source.name
    with _faults(name):
        metadata = pq.read_metadata(source.stream)
        _check(metadata, source.bytes, name)
        ahead = min(_BUFFER, max(_LEAST, _BUFFERS // max(1, metadata.num_columns)))
        file = pq.ParquetFile(
            source.stream,
            metadata=metadata,
            memory_map=False,
            pre_buffer=False,
            buffer_size=ahead,
        )
        schema = file.schema_arrow
    names = tuple(schema.names)

    def blocks(rows: int, selection: Selection) -> Iterator[Block]:
        inputs = [names[i] for i in selection.inputs]
        kept = [names[i] for i in selection.kept]
        for i in selection.inputs:
            if not _numeric(pa, schema.field(i).type):
                kind = quote(str(schema.field(i).type))[1:-1]
                raise DataError(f"{name}: column {quote(names[i])} is of type {kind}, not numbers")
        wanted = list(dict.fromkeys(inputs + kept))
        if len(set(names)) < len(names):
            for title in wanted:
                if names.count(title) > 1:
                    raise DataError(f"{name}: column {quote(title)} stands twice")
        found = 0
        with _faults(name):
            for batch in file.iter_batches(rows, columns=wanted, use_threads=False):
                found += batch.num_rows
                yield _block(batch, inputs, kept)
        if found != metadata.num_rows:
            raise DataError(f"{name} declares {metadata.num_rows:,} rows and holds {found:,}")

    return Table(
        name=name,
        width=len(names),
        rows=metadata.num_rows,
        blocks=blocks,
        columns=names,
        numeric=tuple(_numeric(pa, field.type) for field in schema),
    )


@contextmanager
def create(stream: BinaryIO, layout: Layout) -> Iterator[ParquetWriter]:
    """Write a Parquet file."""
    _pyarrow("writing .parquet data")
    writer = ParquetWriter(stream, layout)
    try:
        yield writer
    except BaseException:
        with suppress(Exception):  # what is in the way already is the error to tell
            writer.close(complete=False)
        raise
    writer.close()


class ParquetWriter:
    """Writes row groups of many blocks; the first group decides the types of the columns kept."""

    def __init__(self, stream: BinaryIO, layout: Layout) -> None:
        self._stream, self._layout = stream, layout
        self._width = len(layout.keep) + len(layout.columns)
        if layout.rows is not None:
            row_groups.check(layout.rows, self._width)
        self._file: Any = None
        self._tables: list[NDArray[Any]] = []
        self._kept: dict[str, list[Any]] = {name: [] for name in layout.keep}
        self._rows = self._groups = 0

    def write(
        self, values: NDArray[Any] | Sequence[str], kept: Mapping[str, Sequence[Any]] | None = None
    ) -> None:
        """Add rows."""
        table = np.asarray(values, dtype=self._layout.dtype).reshape(
            len(values), len(self._layout.columns)
        )
        self._tables.append(table)
        for name, waiting in self._kept.items():
            waiting.extend((kept or {})[name])
        self._rows += len(table)
        if self._rows >= row_groups.rows(self._groups, self._width):
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        empty: Any = np.empty((0, len(self._layout.columns)), self._layout.dtype)
        table = np.concatenate([empty, *self._tables])
        arrays = [self._column(pa, name, values) for name, values in self._kept.items()]
        for column in table.T:
            texts = table.dtype.kind == "U"
            arrays.append(pa.array(column.tolist(), pa.string()) if texts else pa.array(column))
        batch = pa.record_batch(arrays, names=[*self._layout.keep, *self._layout.columns])
        self._open(batch.schema)
        if self._rows:
            self._file.write_batch(batch, self._rows)
            self._groups += 1
        self._tables, self._rows = [], 0
        self._kept = {name: [] for name in self._kept}

    def close(self, *, complete: bool = True) -> None:
        """Write what waits, and the footer."""
        try:
            if complete and (self._rows or self._file is None):
                self._flush()
        finally:
            if self._file is not None:
                self._file.close()

    def _open(self, schema: Any) -> None:
        if self._file is None:
            import pyarrow.parquet as pq

            self._file = pq.ParquetWriter(self._stream, schema)

    def _column(self, pa: Any, name: str, values: Sequence[Any]) -> Any:
        kind = None if self._file is None else self._file.schema.field(name).type
        try:
            array = pa.array(values, kind)
            return array.cast(pa.string()) if pa.types.is_null(array.type) else array
        except (pa.ArrowException, OverflowError):
            raise UsageError(
                f"--keep {quote(name)}: its values are of different types, which .parquet cannot "
                "hold; choose another format of output"
            ) from None


def _block(batch: Any, inputs: list[str], kept: list[str]) -> Block:
    columns = {name: batch.column(place) for place, name in enumerate(batch.schema.names)}
    arrays = [_numbers(columns[name]) for name in inputs]
    return Block(np.stack(arrays, axis=1), {name: columns[name].to_pylist() for name in kept})


def _numbers(column: Any) -> NDArray[Any]:
    """Give a column as an array, with NaN for nulls."""
    import pyarrow as pa

    if column.null_count and pa.types.is_boolean(column.type):
        column = column.cast(pa.int8())
    array: NDArray[Any] = column.to_numpy(zero_copy_only=False)
    return array


def _check(metadata: Any, packed: int | None, name: str) -> None:
    """Refuse what declares to be far larger unpacked than packed, before anything is unpacked.

    Row groups only: on damaged metadata of a column pyarrow 26 ends the program, by an exception
    in C++ that nothing can catch.
    """
    groups = map(metadata.row_group, range(metadata.num_row_groups))
    unpacked = sum(group.total_byte_size for group in groups)
    if packed is not None and unpacked > _LARGE and unpacked > _RATIO * packed:
        raise DataError(
            f"{name} declares {unpacked:,} bytes in {packed:,} compressed ones; above 256 MiB at "
            f"most {_RATIO} times as many are read"
        )


def _numeric(pa: Any, kind: Any) -> bool:
    types = pa.types
    return bool(types.is_integer(kind) or types.is_floating(kind) or types.is_boolean(kind))


def _pyarrow(purpose: str) -> Any:
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtraError(purpose, "parquet") from None
    return pa


@contextmanager
def _faults(name: str) -> Iterator[None]:
    """Turn what pyarrow raises on damaged files into one sentence."""
    import pyarrow as pa

    try:
        yield
    except (
        pa.ArrowException, OSError, ValueError, TypeError, KeyError, MemoryError, OverflowError
    ) as e:  # fmt: skip
        if isinstance(e, OSError) and e.errno is not None:
            raise  # the disk, not the file
        reason = quote(str(e).splitlines()[0] if str(e) else type(e).__name__)[1:-1]
        raise DataError(f"{name} is damaged, or no .parquet file: {reason}") from None
