"""The header of one array in the NPY format, read strictly.

The format is described in NumPy's reference, "numpy.lib.format". A header is a Python dict written
as text; it is matched by a pattern here and never evaluated, and its length is judged before it is
read.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np

from nnspec.diagnostics.quote import quote

MAGIC = b"\x93NUMPY"
LONGEST = 10_000
LARGEST = 2**63 - 1
PREFIX = 12 + LONGEST
"""No header reaches beyond this many bytes from the start."""

_ITEM = re.compile(
    r"""\s*(['"])(?P<key>\w+)\1\s*:\s*
        (?:(['"])(?P<text>[^'"]*)\3 | (?P<flag>True|False)
         | \((?P<shape>(?:\s*[0-9]{1,19}\s*,)*\s*(?:[0-9]{1,19})?\s*)\))
        \s*(?P<more>,?)""",
    re.VERBOSE | re.ASCII,
)
_DTYPE = re.compile(r"[<>|=](?P<kind>[?biufc])(?P<size>[0-9]{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Header:
    """What the header of an array says.

    Attributes:
        fortran: the first index runs fastest.
        offset: where the numbers begin.
    """

    dtype: np.dtype[np.generic]
    fortran: bool
    shape: tuple[int, ...]
    offset: int

    @property
    def end(self) -> int:
        """Where the numbers end, counted from the start of the header."""
        return self.offset + math.prod(self.shape) * self.dtype.itemsize


def parse(data: bytes | memoryview) -> Header:
    """Read a header from the first bytes of an array's file, at most `PREFIX` of them.

    Raises:
        ValueError: with a phrase that can follow the array's name.
    """
    if bytes(data[:6]) != MAGIC or len(data) < 8:
        raise ValueError("is not in NPY format")
    version = (data[6], data[7])
    if version not in {(1, 0), (2, 0), (3, 0)}:
        raise ValueError(f"is in version {data[6]}.{data[7]} of NPY; 1.0, 2.0 and 3.0 are known")
    start = 10 if version == (1, 0) else 12
    length = int.from_bytes(data[8:start], "little")
    if length > LONGEST:
        raise ValueError(f"declares a header of {length} bytes; {LONGEST} are allowed")
    text = bytes(data[start : start + length])
    if len(text) < length or len(data) < start:
        raise ValueError("ends within its header")
    try:
        items = _items(text.decode("utf-8" if version == (3, 0) else "latin-1"))
    except UnicodeDecodeError as error:
        raise ValueError("has a header that is not UTF-8") from error
    header = Header(
        dtype=_dtype(items["descr"]["text"]),
        fortran=items["fortran_order"]["flag"] == "True",
        shape=_shape(items["shape"]["shape"]),
        offset=start + length,
    )
    if header.end > LARGEST:
        raise ValueError("declares more numbers than any memory holds")
    return header


def _items(text: str) -> dict[str, dict[str, str]]:
    """Take the dict's text apart: key → the named groups of its item."""
    body = text.strip(" \n")
    wanted = {"descr": "text", "fortran_order": "flag", "shape": "shape"}
    items: dict[str, dict[str, str]] = {}
    if not (body.startswith("{") and body.endswith("}")):
        raise ValueError("has a header that is no dict")
    position, more = 1, True
    while more and (item := _ITEM.match(body, position)):
        key, more = item["key"], bool(item["more"])
        if key not in wanted or item[wanted[key]] is None or key in items:
            raise ValueError(f"has an odd {quote(key)} in its header")
        items[key] = item.groupdict()
        position = item.end()
    if "descr" not in items and re.match(r"\s*['\"]descr['\"]\s*:\s*\[", body[position:]):
        raise ValueError("has a structured dtype, which is refused as weights")
    if len(items) < len(wanted) or body[position:].strip() != "}":
        raise ValueError("has a header that does not say dtype, order and shape")
    return items


def _dtype(text: str) -> np.dtype[np.generic]:
    """Give the dtype of a text such as "<f4"; numbers only."""
    if text[1:2] == "O":
        raise ValueError("holds Python objects, which are pickles and never loaded")
    if not _DTYPE.fullmatch(text):
        raise ValueError(f"has the dtype {quote(text)}, which is refused as weights")
    try:
        return np.dtype(text)
    except TypeError as error:
        raise ValueError(f"has the dtype {quote(text)}, which is none") from error


def _shape(text: str) -> tuple[int, ...]:
    """Give the shape of a text such as "3, 4"; one size needs its comma, as tuples do."""
    sizes = text.split(",")
    if len(sizes) == 1 and sizes[0].strip():
        raise ValueError(f"has the shape ({text.strip()}), which is no tuple")
    shape = tuple(int(size) for size in sizes if size.strip())
    if len(shape) > 32:
        raise ValueError(f"has {len(shape)} dimensions; 32 are allowed")
    return shape
