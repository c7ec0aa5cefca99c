"""All numbers of a chunk of separated values at once: the same as one by one, or None."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.data import decimals
from nnspec.data.chunks import line_feeds
from nnspec.data.lines import LONGEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nnspec.data.chunks import Chunk

_PLAIN = bytes([*b"\t\n", *range(0x20, 0x7F)])
MANY = 1 << 20
"""Bytes of a text for which the import of pyarrow pays."""


def tidy(chunk: Chunk) -> bytes | None:
    """Give a chunk with a line feed at the end of each line, and nowhere else.

    None where lines and cells have to be told apart with care: for quotes, characters beyond
    ASCII, controls, and lines that may be too long.
    """
    raw = chunk.raw.removeprefix(codecs.BOM_UTF8) if chunk.before == 0 else chunk.raw
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n")
    if not raw.endswith(b"\n"):
        raw += b"\n"
    plain = b'"' not in raw and len(raw) <= LONGEST and not raw.translate(None, _PLAIN)
    return raw if plain else None


def numbers(
    raw: bytes, separator: str, width: int, wanted: Sequence[int], *, large: bool = False
) -> NDArray[Any] | None:
    """Read the wanted columns of a tidy text; None where it needs a closer look.

    That is for any fault, and for what libraries are kinder to than `number_text`. The text may be
    a piece of a `large` one.
    """
    if b" " in raw:
        raw = raw.replace(f"{separator} ".encode(), separator.encode())
    large = large or len(raw) >= MANY
    values = _by_pyarrow(raw, separator, width, wanted) if large else None
    if values is None:
        values = decimals.read(raw, separator.encode(), width, wanted)
    if values is None:
        values = _by_numpy(raw, separator, width, wanted)
    if values is None or len(values) != line_feeds(raw) or np.isinf(values).any():
        return None
    return values


def _by_pyarrow(
    raw: bytes, separator: str, width: int, wanted: Sequence[int]
) -> NDArray[Any] | None:
    """Read by pyarrow, if it is there: it is stricter than we are but for "nan(1)"."""
    try:
        import pyarrow as pa
        from pyarrow import csv
    except ImportError:
        return None
    if b"(" in raw:
        return None
    names = [str(k) for k in range(width)]
    used = [names[k] for k in wanted]
    try:
        table = csv.read_csv(
            pa.BufferReader(raw),
            csv.ReadOptions(column_names=names, block_size=max(len(raw), 1)),
            csv.ParseOptions(delimiter=separator, quote_char=False, ignore_empty_lines=False),
            csv.ConvertOptions(
                column_types=dict.fromkeys(used, pa.float64()),
                include_columns=used,
                null_values=[],
            ),
        )
    except pa.ArrowException:
        return None
    return np.stack([table[name].to_numpy() for name in used], axis=1)


def _by_numpy(raw: bytes, separator: str, width: int, wanted: Sequence[int]) -> NDArray[Any] | None:
    lines = raw.decode("ascii").split("\n")[:-1]
    if {line.count(separator) for line in lines} != {width - 1}:
        return None
    try:
        return np.loadtxt(lines, delimiter=separator, comments=None, usecols=tuple(wanted), ndmin=2)
    except ValueError:
        return None
