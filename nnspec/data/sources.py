"""Where data come from: a file by its suffix, a pipe by its first bytes."""

from __future__ import annotations

import io
import os
import stat
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from nnspec.data import formats
from nnspec.data.formats import Format, Source
from nnspec.diagnostics.quote import escape
from nnspec.errors import DataError
from nnspec.source.npy import MAGIC

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT = ".json"
"""What `sniff` says of one JSON array of rows, which is no format of files."""

_HEAD = 64 << 10
_BINARY = (
    (MAGIC, ".npy"),
    (b"PK\x03\x04", ".npz"),
    (b"PK\x05\x06", ".npz"),
    (b"PAR1", ".parquet"),
)


def from_path(path: Path) -> Source:
    """Open a file; its suffix tells the format, for a pipe or a device its first bytes do.

    Raises:
        DataError: it cannot be opened, is empty, or of no known format.
    """
    name = escape(str(path))
    try:
        stream = cast("BinaryIO", path.open("rb"))
        status = os.fstat(stream.fileno())
    except (OSError, ValueError) as error:
        raise DataError(f"cannot read {name}: {reason(error)}") from None
    if not stat.S_ISREG(status.st_mode):
        return from_stream(stream, name, owned=True)
    suffix = formats.suffix_of(path.name)
    problem = None
    if formats.by_suffix(suffix) is None:
        found = f"suffix {escape(suffix[:20])}" if suffix else "a name without a suffix"
        problem = f"{name}: {found} tells no format; known are {formats.known()}"
    elif status.st_size == 0:
        problem = f"{name} is empty"
    if problem:
        stream.close()
        raise DataError(problem)
    return Source(stream, name, suffix, status.st_size)


def from_stream(stream: BinaryIO, name: str, *, owned: bool = False) -> Source:
    """Find out what a stream holds by its first bytes; one that is owned is closed in the end.

    Raises:
        DataError: it is empty.
    """
    head = _head(stream)
    whole = cast("BinaryIO", io.BufferedReader(_Joined(head, stream, owned)))
    if not head.strip():
        whole.close()
        raise DataError(f"{name} is empty")
    suffix = sniff(head)
    format_ = formats.by_suffix(suffix)
    if format_ is None or not format_.SEEKS:
        return Source(whole, name, suffix, None)
    from shutil import copyfileobj
    from tempfile import TemporaryFile

    copy = cast("BinaryIO", TemporaryFile())  # noqa: SIM115, the table closes it
    with whole:
        copyfileobj(whole, copy, 1 << 20)
    size = copy.tell()
    copy.seek(0)
    return Source(copy, name, suffix, size)


def format_of(source: Source) -> Format:
    """Give the format of a source."""
    format_ = formats.by_suffix(source.suffix)
    assert format_ is not None
    return format_


def sniff(head: bytes) -> str:
    r"""Tell a format by its first bytes, as a suffix; what is nothing else is text with commas.

    `[` begins JSON Lines if the first line ends that array and it holds no other.

    Examples:
        >>> sniff(b"PAR1\x15"), sniff(b'{"a": 1}'), sniff(b"a\tb\n1\t2\n"), sniff(b"1,2")
        ('.parquet', '.jsonl', '.tsv', '.csv')
        >>> sniff(b"[1, 2]\n[3, 4]\n"), sniff(b"[[1, 2],\n [3, 4]]\n")
        ('.jsonl', '.json')
    """
    for magic, suffix in _BINARY:
        if head.startswith(magic):
            return suffix
    line, _, _ = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if line.startswith(b"["):
        nested = line[1:].lstrip().startswith((b"[", b"]"))
        return DOCUMENT if nested or b"]" not in line else ".jsonl"
    if line.startswith(b"{"):
        return ".jsonl"
    return ".tsv" if b"\t" in line and b"," not in line else ".csv"


def reason(error: Exception) -> str:
    """Say in a few words why the system refused.

    Examples:
        >>> reason(FileNotFoundError(2, "No such file or directory"))
        'no such file or directory'
    """
    text = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return escape(text[:1].lower() + text[1:200])


def _head(stream: BinaryIO) -> bytes:
    """Read up to the end of the first line that is not blank, or 64 KiB."""
    read = getattr(stream, "read1", stream.read)
    head = b""
    while len(head) < _HEAD and b"\n" not in head.lstrip():
        piece = read(_HEAD)
        if not piece:
            break
        head += piece
    return head


class _Joined(io.RawIOBase):
    """What has been read already, then the rest."""

    def __init__(self, head: bytes, rest: BinaryIO, owned: bool) -> None:
        self._head, self._rest, self._owned = head, rest, owned
        self._read = getattr(rest, "read1", rest.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head[: len(buffer)]
        self._head = self._head[len(data) :]
        if not data:
            data = self._read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if self._owned:
            self._rest.close()
        super().close()
