"""NumPy's .npz: a zip of .npy members, read without `numpy.load`.

`numpy.load` trusts what a header declares, takes the last of two members of one name, and leaves
a dozen kinds of exception to its caller. Here every size is checked before memory is asked for,
and every byte of an array is covered by the CRC of its member.
"""

from __future__ import annotations

import io
import zlib
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.diagnostics.quote import escape, quote
from nnspec.errors import WeightsError
from nnspec.source import npy
from nnspec.weights.archive import FLOATS, Archive, Entry
from nnspec.weights.content import content
from nnspec.weights.zip_member import Member, members

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

SUFFIXES = (".npz",)
EXPANSION = 100
ALWAYS_ALLOWED = 256 * 1024**2


def read(path: Path) -> Archive:
    """Open an .npz; an array is called by its member's name without ".npy".

    Raises:
        WeightsError: it is no zip, two members have one name, a member is no array of numbers, a
            declared size differs from what is stored, or it would expand to more than 256 MiB
            and more than a hundred times its size.
    """
    data = content(path)
    try:
        found = members(data)
    except ValueError as error:
        raise WeightsError(f"{escape(str(path))}: {error}") from error
    expanded = sum(member.size for member in found)
    if expanded > max(ALWAYS_ALLOWED, EXPANSION * len(data)):
        raise WeightsError(
            f"{escape(str(path))}: would expand to {expanded} bytes, "
            f"more than 256 MiB and more than {EXPANSION} times its size"
        )
    arrays: dict[str, Entry] = {}
    for member in found:
        name = member.name.removesuffix(".npy")
        shown = f"{escape(str(path))}: array {quote(name)}"
        if name == member.name:
            raise WeightsError(f"{escape(str(path))}: member {quote(name)} is not an .npy array")
        if name in arrays:
            raise WeightsError(f"{shown} is there twice")
        arrays[name] = _entry(member, shown)
    return Archive(arrays, content=data)


def _entry(member: Member, shown: str) -> Entry:
    """Read the header of one member, and leave its numbers for later."""
    try:
        header = npy.header(io.BytesIO(member.read(npy.PREFIX)), member.size)
    except ValueError as error:
        raise WeightsError(f"{shown} {error}") from error
    return Entry(header.shape, header.dtype.name, partial(_load, member, header, shown))


def _load(member: Member, header: npy.Header, shown: str) -> NDArray[Any]:
    """Read the numbers of one member."""
    if header.dtype.name not in FLOATS:
        raise WeightsError(
            f"{shown} is {header.dtype.name}; integer and boolean arrays are refused as weights"
            if header.dtype.kind in "iub"
            else f"{shown} is {header.dtype.name}; float16, float32 and float64 are taken"
        )
    try:
        data = member.read(member.size)
    except ValueError as error:
        raise WeightsError(f"{shown} {error}") from error
    if len(data) != member.size or zlib.crc32(data) != member.crc:
        raise WeightsError(f"{shown} is damaged: its checksum does not match")
    stored = np.frombuffer(data, header.dtype, offset=header.offset)
    shaped = stored.reshape(header.shape, order="F" if header.fortran else "C")
    wide = np.float32 if header.dtype.itemsize == 2 else header.dtype.newbyteorder("=")
    return np.array(shaped, dtype=wide, order="C")
