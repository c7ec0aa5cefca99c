"""Parquet, by way of pyarrow: numeric columns in, batch by batch, never a row group at once."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

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
_GROUP = 1 << 20
"""Cells of a row group: many small ones are slow to read, a large one fills the memory."""
_ROWS = 256
"""Rows of a row group, at least: pyarrow keeps a kilobyte for each column of each group."""
_BUFFER = 64 << 10
"""Bytes of each column that are read ahead; without, a column of a row group is read whole."""


def open(  # noqa: A001, as gzip.open
    source: Source, *, size: int, features: Sequence[str] | None = None
) -> Table:
    """Open a Parquet file; a null in a column of numbers is NaN, as pandas writes NaN."""
    pa = _pyarrow("reading .parquet data")
    import pyarrow.parquet as pq

    name = source.name
    with _faults(name):
        file = pq.ParquetFile(
            source.stream, memory_map=False, pre_buffer=False, buffer_size=_BUFFER
        )
        schema, metadata = file.schema_arrow, file.metadata
        _check(metadata, source.bytes, name)
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
            writer.close()
        raise
    writer.close()


class ParquetWriter:
    """Writes row groups of many blocks; the first block decides the types of the columns kept."""

    def __init__(self, stream: BinaryIO, layout: Layout) -> None:
        self._stream, self._layout = stream, layout
        self._file: Any = None
        self._waiting: list[Any] = []
        self._rows = 0

    def write(
        self, values: NDArray[Any] | Sequence[str], kept: Mapping[str, Sequence[Any]] | None = None
    ) -> None:
        """Add rows."""
        import pyarrow as pa

        table = np.asarray(values, dtype=self._layout.dtype).reshape(
            len(values), len(self._layout.columns)
        )
        arrays = [self._kept(pa, name, (kept or {})[name]) for name in self._layout.keep]
        for column in table.T:
            texts = table.dtype.kind == "U"
            arrays.append(pa.array(column.tolist(), pa.string()) if texts else pa.array(column))
        batch = pa.record_batch(arrays, names=[*self._layout.keep, *self._layout.columns])
        self._open(batch.schema)
        self._waiting.append(batch)
        self._rows += batch.num_rows
        if self._rows >= _ROWS and self._rows * batch.num_columns >= _GROUP:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._file.write_table(pa.Table.from_batches(self._waiting), self._rows)
        self._waiting, self._rows = [], 0

    def close(self) -> None:
        """Write the footer."""
        if self._file is None:
            empty: Any = np.empty((0, len(self._layout.columns)), self._layout.dtype)
            self.write(empty, dict.fromkeys(self._layout.keep, ()))
        try:
            self._flush()
        finally:
            self._file.close()

    def _open(self, schema: Any) -> None:
        if self._file is None:
            import pyarrow.parquet as pq

            self._file = pq.ParquetWriter(self._stream, schema)

    def _kept(self, pa: Any, name: str, values: Sequence[Any]) -> Any:
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
