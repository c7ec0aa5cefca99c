r"""The header of a .npy file, read without trust: bounded, numbers only, its size checked.

The format (NumPy Enhancement Proposal 1 and `numpy.lib.format`): the magic `\x93NUMPY`, two
bytes of version, the length of the header (2 bytes little-endian in version 1, 4 in versions 2
and 3), then a Python dict with the keys descr, fortran_order and shape, and the array's bytes.
`numpy.load` asks for memory by what the file declares before it looks; this reader does not.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from nnspec.diagnostics.quote import quote
from nnspec.records import dataclass

if TYPE_CHECKING:
    from numpy.typing import DTypeLike

MAGIC = b"\x93NUMPY"
LONGEST = 10_000
"""Bytes that a header may have; NumPy's own are under 200."""
PREFIX = 12 + LONGEST
"""No array begins beyond this many bytes from the magic."""

_ENTRY = re.compile(
    r"""[ \t\n\r\f]*(['"])(?P<key>descr|fortran_order|shape)\1[ \t\n\r\f]*:[ \t\n\r\f]*"""
    r"""(?:'(?P<text>[^']*)'|"(?P<text2>[^"]*)"|(?P<truth>True|False)"""
    r"""|\((?P<shape>[0-9 \t\n\r\fL,]*)\))[ \t\n\r\f]*(?:,|\Z)"""
)
_SPACE = " \t\n\r\f"
"""What Python takes for space between tokens."""

_SIZE = re.compile("0|[1-9][0-9]{0,18}")
_FIELDS = re.compile(r"""['"]descr['"]\s*:\s*[\[(]""")
_NUMBERS = re.compile(r"[<>=|]?(?:b1|[iu][1248]|f(?:2|4|8|12|16))")
_REFUSED = {
    "O": "holds Python objects; save numbers with np.save",
    "S": "holds texts, not numbers",
    "U": "holds texts, not numbers",
    "V": "holds raw bytes, not numbers",
    "c": "holds complex numbers; save the real and the imaginary part as columns",
    "M": "holds dates, not numbers",
    "m": "holds time spans, not numbers",
}
_RECORDS = "holds records with named fields; save one plain array of numbers"


@dataclass(frozen=True, slots=True)
class Header:
    """What a .npy file says of itself.

    Attributes:
        dtype: integers, booleans or floats, in the byte order of the file.
        shape: as saved.
        fortran: the first index runs fastest.
        offset: where the array's bytes start.
    """

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    fortran: bool
    offset: int

    @property
    def size(self) -> int:
        """The array's bytes."""
        return math.prod(self.shape) * self.dtype.itemsize


def header(stream: BinaryIO, available: int) -> Header:
    """Read the header of an array of numbers; the stream then stands at the array's bytes.

    Args:
        stream: stands at the magic.
        available: how many bytes there are from there on; the array must end with the last.

    Raises:
        ValueError: with a sentence; it is no .npy, not numbers, cut off, or too long.

    Examples:
        >>> import io
        >>> file = io.BytesIO()
        >>> np.save(file, np.zeros((2, 3), dtype=">i2"))
        >>> size = file.tell()
        >>> _ = file.seek(0)
        >>> header(file, size)
        Header(dtype=dtype('>i2'), shape=(2, 3), fortran=False, offset=128)
    """
    start = _read(stream, 8, available)
    if start[:6] != MAGIC:
        raise ValueError("is no .npy file: it does not begin as one")
    version = start[6]
    if version not in (1, 2, 3) or start[7] != 0:
        raise ValueError(f"is of .npy version {start[6]}.{start[7]}; 1.0, 2.0 and 3.0 are known")
    width = 2 if version == 1 else 4
    length = int.from_bytes(_read(stream, width, available - 8), "little")
    if length > LONGEST:
        raise ValueError(
            f"declares a header of {length:,} bytes; one of an array of numbers has fewer than "
            f"{LONGEST:,}"
        )
    offset = 8 + width + length
    entries = _entries(_read(stream, length, available - 8 - width))
    found = Header(_dtype(entries["descr"]), entries["shape"], entries["fortran_order"], offset)
    if found.size > available - offset:
        raise ValueError(
            f"is cut off: its array of shape {_shown(found.shape)} and type {found.dtype} needs "
            f"{_shown(found.size)} bytes, {available - offset:,} are there"
        )
    if found.size < available - offset:
        raise ValueError(f"has {available - offset - found.size:,} bytes after its array")
    return found


def compose(dtype: DTypeLike, shape: tuple[int, ...]) -> bytes:
    """Write the header of a C-ordered array, always of 128 bytes for up to two dimensions.

    So that one with the number of rows can be put in the place of one without.

    Examples:
        >>> len(compose(np.float32, (0, 10))), len(compose(np.float32, (10**18, 10)))
        (128, 128)
    """
    entries = {"descr": np.dtype(dtype).str, "fortran_order": False, "shape": shape}
    text = f"{entries!r}".ljust(117) + "\n"
    return MAGIC + b"\x01\x00" + len(text).to_bytes(2, "little") + text.encode("ascii")


def _read(stream: BinaryIO, size: int, available: int) -> bytes:
    data = stream.read(size) if size <= available else b""
    if len(data) < size:
        raise ValueError("is cut off inside its header")
    return data


def _entries(raw: bytes) -> dict[str, Any]:
    text = raw.decode("latin-1").strip(_SPACE)
    if _FIELDS.search(text):
        raise ValueError(_RECORDS)
    entries: dict[str, Any] = {}
    place, inside = 0, text[1:-1].rstrip(_SPACE) if text[:1] + text[-1:] == "{}" else ""
    while (match := _ENTRY.match(inside, place)) and match["key"] not in entries:
        place = match.end()
        entries[match["key"]] = _value(match)
    kinds = {key: type(value) for key, value in entries.items()}
    if place < len(inside) or kinds != {"descr": str, "fortran_order": bool, "shape": tuple}:
        raise ValueError("has a damaged header: descr, fortran_order and shape are expected")
    return entries


def _value(match: re.Match[str]) -> Any:
    if match["truth"]:
        return match["truth"] == "True"
    if match["shape"] is None:
        return match["text"] if match["text"] is not None else match["text2"]
    parts = [part.strip(_SPACE).removesuffix("L") for part in match["shape"].split(",")]
    if not parts[-1]:
        parts.pop()
    a_tuple = len(parts) != 1 or "," in match["shape"]  # (2) is a number in parentheses
    if not a_tuple or not all(map(_SIZE.fullmatch, parts)) or len(parts) > 32:
        raise ValueError("has a damaged header: its shape is no tuple of sizes")
    return tuple(map(int, parts))


def _dtype(descr: str) -> np.dtype[Any]:
    if not _NUMBERS.fullmatch(descr):
        refused = _REFUSED.get(descr.lstrip("<>=|")[:1])
        raise ValueError(refused or f"is of an unknown type {quote(descr)}")
    try:
        return np.dtype(descr)
    except TypeError:
        raise ValueError(f"is of type {quote(descr)}, which this machine does not have") from None


def _shown(value: int | tuple[int, ...]) -> str:
    if isinstance(value, tuple):
        text = f"({', '.join(map(str, value))}{',' * (len(value) == 1)})"
        return text if len(text) <= 80 else f"{text[:79]}…"
    return f"{value:,}" if value < 10**30 else "over 10^30"
