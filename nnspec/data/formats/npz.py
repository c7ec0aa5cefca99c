"""One array in a .npz file, which is a zip file of .npy files."""

from __future__ import annotations

import struct
import zlib
from contextlib import contextmanager
from dataclasses import replace
from shutil import copyfileobj
from typing import TYPE_CHECKING, BinaryIO, cast

from nnspec.data import array_file
from nnspec.data.formats import npy
from nnspec.diagnostics.quote import quote
from nnspec.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zipfile import ZipFile, ZipInfo

    from nnspec.data.formats import Layout, Source
    from nnspec.data.table import Block, Selection, Table

SUFFIXES = (".npz",)
SEEKS = True
TEXTS = False

OUTPUT = "outputs"
"""The name of the array in what is written."""

_PREFERRED = ("x", "X")
_LARGE, _RATIO = 256 << 20, 100
_NAMED = 20


def open(  # noqa: A001, as gzip.open
    source: Source, *, size: int, features: Sequence[str] | None = None
) -> Table:
    """Open the only array, or the one called x or X."""
    from zipfile import ZipFile

    with _faults(source.name):
        archive = ZipFile(source.stream)
        member = _choose(archive, source.name)
        name = f"{source.name}: array {quote(member.filename.removesuffix('.npy'))}"
        _check(member, name)
        stream = cast("BinaryIO", archive.open(member))
        table = array_file.table(stream, member.file_size, name=name, size=size, compressed=True)

    def blocks(rows: int, selection: Selection) -> Iterator[Block]:
        with _faults(source.name):
            yield from table.blocks(rows, selection)
            stream.read(1)  # the end is where the checksum is compared

    return replace(table, blocks=blocks)


@contextmanager
def create(stream: BinaryIO, layout: Layout) -> Iterator[npy.NpyWriter]:
    """Write a file with one array, which waits in a temporary file: its checksum comes first."""
    from zipfile import ZipFile, ZipInfo

    if layout.keep:
        raise UsageError("--keep needs an output with named columns; .npz has none")
    from tempfile import TemporaryFile

    with TemporaryFile() as waiting:
        with npy.create(cast("BinaryIO", waiting), layout) as writer:
            yield writer
        waiting.seek(0)
        # A fixed date, so that equal outputs are equal files.
        member = ZipInfo(f"{OUTPUT}.npy", (1980, 1, 1, 0, 0, 0))
        with ZipFile(stream, "w") as archive, archive.open(member, "w", force_zip64=True) as file:
            copyfileobj(waiting, file, 1 << 20)


def _choose(archive: ZipFile, name: str) -> ZipInfo:
    members = {info.filename.removesuffix(".npy"): info for info in archive.infolist()}
    if len(members) < len(archive.infolist()):
        raise DataError(f"{name}: two arrays have one name")
    if not members:
        raise DataError(f"{name} holds no array")
    if len(members) == 1:
        return next(iter(members.values()))
    chosen = [members[key] for key in _PREFERRED if key in members]
    if len(chosen) == 1:
        return chosen[0]
    there = ", ".join(quote(key) for key in list(members)[:_NAMED])
    more = f" and {len(members) - _NAMED} more" if len(members) > _NAMED else ""
    raise DataError(f"{name} holds {there}{more}; call the one with the inputs 'x'")


def _check(member: ZipInfo, name: str) -> None:
    from zipfile import ZIP_DEFLATED, ZIP_STORED

    if member.flag_bits & 1:
        raise DataError(f"{name} is encrypted")
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise DataError(f"{name} is compressed in a way that NumPy never uses")
    if member.file_size > _LARGE and member.file_size > _RATIO * member.compress_size:
        raise DataError(
            f"{name} declares {member.file_size:,} bytes in {member.compress_size:,} compressed "
            f"ones; above 256 MiB at most {_RATIO} times as many are read"
        )


@contextmanager
def _faults(name: str) -> Iterator[None]:
    """Turn what zipfile and zlib raise on damaged files into one sentence."""
    from zipfile import BadZipFile

    try:
        yield
    except (BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError) as e:
        raise DataError(f"{name} is damaged, or no .npz file: {quote(str(e))[1:-1]}") from None
