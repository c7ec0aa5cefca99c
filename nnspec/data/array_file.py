"""An array in .npy form as a table: read in blocks of rows, in C or in Fortran order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, cast

import numpy as np

from nnspec.data.rows import count_rows
from nnspec.data.table import Block, Selection, Table
from nnspec.errors import DataError
from nnspec.source import npy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from nnspec.source.npy import Header


def table(
    stream: BinaryIO, available: int, *, name: str, size: int, compressed: bool = False
) -> Table:
    """Open an array of `available` bytes at the place where a stream stands.

    Fortran order jumps from column to column, which a compressed stream could only do by
    unpacking everything again; it is copied to a temporary file.

    Raises:
        DataError: it is no array of numbers, is cut off, or does not fit.
    """
    try:
        header = npy.header(stream, available)
    except ValueError as error:
        raise DataError(f"{name} {error}") from None
    count = count_rows(header.shape, size, name)
    columnwise = header.fortran and len(header.shape) > 1
    body = _copied(stream) if columnwise and compressed else stream
    start = body.tell()

    def blocks(rows: int, selection: Selection) -> Iterator[Block]:
        for first in range(0, count, rows):
            wanted = min(rows, count - first)
            if columnwise:
                yield Block(_columnwise(body, start, header, first, wanted, name))
            else:
                yield Block(_next(body, header, wanted, size, name))

    close = body.close if body is not stream else stream.close
    return Table(name=name, width=size, rows=count, blocks=blocks, close=close)


def _copied(stream: BinaryIO) -> BinaryIO:
    from shutil import copyfileobj
    from tempfile import TemporaryFile

    copy = TemporaryFile()  # noqa: SIM115, it lives as long as the table
    copyfileobj(stream, copy, 1 << 20)
    copy.seek(0)
    return cast("BinaryIO", copy)


def _next(stream: BinaryIO, header: Header, rows: int, size: int, name: str) -> NDArray[Any]:
    data = _read(stream, rows * size * header.dtype.itemsize, name)
    return np.frombuffer(data, header.dtype).reshape(rows, size)


def _columnwise(
    stream: BinaryIO, start: int, header: Header, first: int, rows: int, name: str
) -> NDArray[Any]:
    """Collect `rows` rows from `first` on out of all the columns, each of which lies in one piece.

    Columns of a row of several dimensions are stored with its first index running fastest.
    """
    count, *rest = header.shape
    size, itemsize = int(np.prod(rest)), header.dtype.itemsize
    stored = np.empty((size, rows), header.dtype)
    for column in range(size):
        stream.seek(start + (column * count + first) * itemsize)
        stored[column] = np.frombuffer(_read(stream, rows * itemsize, name), header.dtype)
    return stored.reshape(*reversed(rest), rows).T.reshape(rows, size)


def _read(stream: BinaryIO, size: int, name: str) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise DataError(f"{name} is cut off: it ended while it was read")
    return data
