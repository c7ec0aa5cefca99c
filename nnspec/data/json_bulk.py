"""All rows of a chunk of JSON Lines at once: the same as one by one, or None."""

from __future__ import annotations

from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.data import decimals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_NUMBERS = {int, float, bool}


def arrays(raw: bytes, width: int, wanted: Sequence[int]) -> NDArray[Any] | None:
    r"""Read a tidy text whose lines are all arrays of plain decimals; None for any other.

    Examples:
        >>> arrays(b"[1, 2]\n[3.5,4]\n", 2, (1,))
        array([[2.],
               [4.]])
    """
    lines = raw.count(b"\n")
    brackets = raw.count(b"["), raw.count(b"]"), raw.count(b"]\n[") + 1
    if brackets != (lines, lines, lines) or not (raw.startswith(b"[") and raw.endswith(b"]\n")):
        return None
    text = raw[1:-2].replace(b"]\n[", b"\n").replace(b", ", b",") + b"\n"
    if b" " in text or b"\t" in text:
        return None
    return decimals.read(text, b",", width, wanted, json=True)


def numbers(
    rows: list[Any], keys: Sequence[Any], wanted: Sequence[Any], *, by_name: bool
) -> NDArray[Any] | None:
    """Take the wanted numbers out of rows that are all alike; None where a row has a fault.

    None, too, where no number is wanted, but texts to keep.

    Args:
        rows: lists or dicts.
        keys: positions in the first row, or its keys.
        wanted: those of the inputs.
        by_name: other keys may come and go.
    """
    if not wanted:
        return None
    kind = type(rows[0])
    if set(map(type, rows)) != {kind}:
        return None
    if kind is list and set(map(len, rows)) != {len(keys)}:
        return None
    if kind is dict and not by_name and any(row.keys() != rows[0].keys() for row in rows):
        return None
    try:
        if len(wanted) == 1:
            cells = list(map(itemgetter(wanted[0]), rows))
        elif kind is list and len(wanted) == len(keys):
            cells = list(chain.from_iterable(rows))
        else:
            cells = list(chain.from_iterable(map(itemgetter(*wanted), rows)))
        if not _NUMBERS.issuperset(map(type, cells)):
            return None
        values = np.fromiter(cells, np.float64, len(cells))
    except (KeyError, OverflowError):
        return None
    # Out of range, if it was not Infinity: one by one it turns out.
    return None if np.isinf(values).any() else values.reshape(len(rows), len(wanted))
