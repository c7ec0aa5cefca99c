"""One array in a .npy file, C or Fortran order, never loaded whole."""

from __future__ import annotations

from contextlib import contextmanager
from os import SEEK_END
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import numpy as np

from nnspec.data import array_file
from nnspec.errors import UsageError
from nnspec.source import npy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from nnspec.data.formats import Layout, Source
    from nnspec.data.table import Table

SUFFIXES = (".npy",)
SEEKS = True
TEXTS = False


def open(  # noqa: A001, as gzip.open
    source: Source, *, size: int, features: Sequence[str] | None = None
) -> Table:
    """Open an array as a table without named columns."""
    assert source.bytes is not None
    return array_file.table(source.stream, source.bytes, name=source.name, size=size)


@contextmanager
def create(stream: BinaryIO, layout: Layout) -> Iterator[NpyWriter]:
    """Write an array of shape (rows, *layout.shape).

    If the number of rows is unknown, the header is written again at the end; where that is
    impossible, in a pipe, the rows wait in a temporary file.
    """
    if layout.keep:
        raise UsageError("--keep needs an output with named columns; .npy has none")
    if layout.rows is not None or stream.seekable():
        stream.write(_header(layout, layout.rows or 0))
        yield (writer := NpyWriter(stream, layout))
        if writer.rows != layout.rows:
            stream.seek(0)
            stream.write(_header(layout, writer.rows))
            stream.seek(0, SEEK_END)
        return
    from shutil import copyfileobj
    from tempfile import TemporaryFile

    with TemporaryFile() as waiting:
        yield (writer := NpyWriter(cast("BinaryIO", waiting), layout))
        waiting.seek(0)
        stream.write(_header(layout, writer.rows))
        copyfileobj(waiting, stream, 1 << 20)


class NpyWriter:
    """Writes rows as they lie in memory, and counts them."""

    def __init__(self, stream: BinaryIO, layout: Layout) -> None:
        self._stream, self._layout, self.rows = stream, layout, 0

    def write(
        self, values: NDArray[Any] | Sequence[str], kept: Mapping[str, Sequence[Any]] | None = None
    ) -> None:
        """Add rows."""
        array = np.ascontiguousarray(values, dtype=self._layout.dtype)
        self.rows += len(array)
        self._stream.write(array.data)


def _header(layout: Layout, rows: int) -> bytes:
    return npy.compose(layout.dtype, (rows, *layout.shape))
