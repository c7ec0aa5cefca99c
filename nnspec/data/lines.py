"""The lines of a text of any size, one at a time, each of bounded length."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from nnspec.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

LONGEST = 8 << 20
"""Bytes of one line: enough for 300,000 numbers with all their digits."""

MOST = 300_000
"""Columns that a row may have, so that a hostile one costs no more than a large one."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def lines(
    stream: BinaryIO, name: str, separator: str, before: int = 0
) -> Iterator[tuple[int, str]]:
    """Yield the number of each line that is not blank, and its text without the line break.

    So many lines were before the first one here.

    Raises:
        DataError: a line is too long, has too many columns, or is not UTF-8.
    """
    number = before
    while raw := stream.readline(LONGEST + 1):
        number += 1
        if len(raw) > LONGEST:
            raise DataError(f"{name}, line {number}: longer than {LONGEST >> 20} MiB")
        if len(raw) > MOST and raw.count(separator.encode()) >= MOST:
            raise DataError(f"{name}, line {number}: more than {MOST:,} columns")
        if number == 1:
            if raw.startswith(_UTF16):
                raise DataError(f"{name}: a text in UTF-16; save it as UTF-8")
            raw = raw.removeprefix(codecs.BOM_UTF8)
        try:
            text = raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise DataError(
                f"{name}, line {number}: byte {raw[error.start]:#04x} is not UTF-8 text"
            ) from None
        if text.strip(" "):
            yield number, text
