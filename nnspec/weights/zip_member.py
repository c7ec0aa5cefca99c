"""The members of a zip in memory, each read within the size that it declares."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

from nnspec.diagnostics.quote import quote
from nnspec.records import dataclass, field

if TYPE_CHECKING:
    from zipfile import ZipInfo

STORED, DEFLATED = 0, 8
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1


@dataclass(frozen=True)
class Member:
    """One member.

    Attributes:
        size: how many bytes it expands to, as declared.
        crc: the CRC-32 of those bytes, as declared.
        method: stored or deflated.
        packed: its bytes in the file.
    """

    name: str
    size: int
    crc: int
    method: int
    packed: memoryview = field(repr=False)

    def read(self, limit: int) -> bytes | memoryview:
        """Give its first bytes, at most `limit` and never more than it declares.

        Raises:
            ValueError: with a phrase that can follow its name: the compressed data are damaged,
                or hold more or fewer bytes than declared.
        """
        if self.method == STORED:
            return self.packed[:limit]
        unpack = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = unpack.decompress(self.packed, min(limit, self.size) or 1)
            if limit < self.size:
                return data
            rest = unpack.decompress(unpack.unconsumed_tail, 1)
        except zlib.error as error:
            raise ValueError("is damaged: it cannot be decompressed") from error
        if len(data) != self.size or rest or not unpack.eof or unpack.unused_data:
            raise ValueError(f"does not hold the {self.size} bytes that it declares")
        return data


def members(data: memoryview) -> list[Member]:
    """List the members of a zip in the order of its directory.

    Raises:
        ValueError: with a phrase that can follow the file's name.
    """
    import zipfile

    if bytes(data[:2]) != b"PK":
        raise ValueError("is not a zip archive, as .npz files are")
    try:
        # Only the directory at the end is read through this file.
        with zipfile.ZipFile(_ReadOnly(data)) as archive:
            infos = archive.infolist()
    except Exception as error:  # a directory of arbitrary bytes raises nearly anything
        raise ValueError("is damaged: its zip directory cannot be read") from error
    return [_member(data, info) for info in infos]


def _member(data: memoryview, info: ZipInfo) -> Member:
    """Find the bytes of one member, by the directory and the header before it."""
    shown = f"member {quote(info.filename)}"
    if info.flag_bits & _ENCRYPTED:
        raise ValueError(f"{shown} is encrypted")
    if info.compress_type not in {STORED, DEFLATED}:
        raise ValueError(f"{shown} is compressed by method {info.compress_type}, not by deflate")
    header = bytes(data[info.header_offset : info.header_offset + _LOCAL_HEADER])
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise ValueError(f"{shown} is not where the zip directory says")
    name_length = int.from_bytes(header[26:28], "little")
    start = info.header_offset + _LOCAL_HEADER
    encoding = "utf-8" if info.flag_bits & 0x800 else "cp437"
    name = bytes(data[start : start + name_length])
    if name != info.orig_filename.encode(encoding, "replace"):
        raise ValueError(f"{shown} has another name where it stands")
    start += name_length + int.from_bytes(header[28:30], "little")
    packed = data[start : start + info.compress_size]
    if len(packed) != info.compress_size:
        raise ValueError(f"{shown} ends beyond the end of the file")
    if info.compress_type == STORED and info.compress_size != info.file_size:
        raise ValueError(f"{shown} does not hold the {info.file_size} bytes that it declares")
    return Member(info.orig_filename, info.file_size, info.CRC, info.compress_type, packed)


class _ReadOnly(io.RawIOBase):
    """Bytes in memory as a file, without a copy of them."""

    def __init__(self, data: memoryview) -> None:
        self._data = data
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: len(self._data)}
        if start[whence] + offset < 0:
            raise OSError("a seek before the start of the file")
        self._position = start[whence] + offset
        return self._position

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = self._data[self._position : self._position + len(buffer)]
        buffer[: len(chunk)] = chunk
        self._position += len(chunk)
        return len(chunk)
