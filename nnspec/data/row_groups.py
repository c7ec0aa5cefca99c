"""How many rows each row group of a Parquet file gets, so that writing it takes bounded memory.

pyarrow keeps two kilobytes for each column of each row group until the file is closed, and holds
a row group whole. So groups are small at first and grow as they become many; what does not fit
even so is refused.
"""

from __future__ import annotations

from nnspec.errors import UsageError

_CHUNKS = 1 << 18
"""Columns of all row groups together: half a gigabyte."""
_LEAST, _LARGEST = 1 << 20, 1 << 24
"""Cells of a row group, while they are few and in the end."""
_ROWS = 256
"""Rows of a row group, at least, where so many are no more than the largest."""
_STEPS = 5
"""Sizes from the least to the largest, each twice the one before."""


def rows(group: int, columns: int) -> int:
    """Give the number of rows of a row group, counted from 0.

    Raises:
        UsageError: there can be no more groups.

    Examples:
        >>> [rows(k, 1000) for k in (0, 60, 250)]
        [1048, 2096, 16768]
    """
    groups = _groups(columns)
    if group >= groups:
        raise _too_many(columns)
    return _size(group * _STEPS // groups, columns)


def check(count: int, columns: int) -> None:
    """Refuse a table of so many rows if it is too large.

    Raises:
        UsageError: it is.

    Examples:
        >>> check(10**9, 10)
        >>> check(1000, 100_000)
        Traceback (most recent call last):
        nnspec.errors.UsageError: .parquet takes at most 334 rows of 100,000 columns, as \
memory for each column of each group of rows is held until the end; write .npy or .csv
    """
    if count > _most(columns):
        raise _too_many(columns)


def _most(columns: int) -> int:
    groups = _groups(columns)
    firsts = [-(-step * groups // _STEPS) for step in range(_STEPS + 1)]
    return sum((firsts[step + 1] - firsts[step]) * _size(step, columns) for step in range(_STEPS))


def _groups(columns: int) -> int:
    return max(1, _CHUNKS // columns)


def _size(step: int, columns: int) -> int:
    largest = max(1, _LARGEST // columns)
    return min(largest, max(_ROWS, _LEAST // columns) << step)


def _too_many(columns: int) -> UsageError:
    return UsageError(
        f".parquet takes at most {_most(columns):,} rows of {columns:,} columns, as memory for "
        "each column of each group of rows is held until the end; write .npy or .csv"
    )
