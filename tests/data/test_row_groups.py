"""A Parquet file of any size is written in bounded memory, or refused before anything is written."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec.data import output, row_groups
from nnspec.errors import UsageError

pyarrow = pytest.importorskip("pyarrow.parquet")

CHUNKS = 1 << 18
"""Columns of all row groups together that the memory has room for, at two kilobytes each."""
WIDTHS = [1, 3, 10, 1000, 4097, 100_000, 300_000]


def capacity(columns):
    """Count rows group by group, as many as there may be."""
    groups = max(1, CHUNKS // columns)
    with pytest.raises(UsageError, match=r"write \.npy or \.csv"):
        row_groups.rows(groups, columns)
    return sum(row_groups.rows(k, columns) for k in range(groups))


@pytest.mark.parametrize("columns", WIDTHS[2:])
def test_what_the_groups_hold_is_what_is_taken(columns):
    most = capacity(columns)
    row_groups.check(most, columns)
    with pytest.raises(UsageError, match=f"at most {most:,} rows of {columns:,} columns"):
        row_groups.check(most + 1, columns)


@pytest.mark.parametrize("columns", WIDTHS)
def test_a_group_grows_but_never_holds_more_than_64_mebibytes_of_float32(columns):
    last = max(1, CHUNKS // columns) - 1
    sizes = [row_groups.rows(k, columns) for k in range(0, last + 1, max(1, last // 50))]
    assert sizes == sorted(sizes)
    assert 4 * columns * sizes[-1] <= 64 << 20


def test_blocks_of_any_size_are_gathered_to_groups(tmp_path):
    y = np.arange(5000 * 1000, dtype=np.float32).reshape(5000, 1000)
    names = tuple(f"output{k}" for k in range(1000))
    with output.writer(
        tmp_path / "y.parquet", columns=names, dtype="float32", shape=(1000,), keep=("id",)
    ) as writer:
        for first in range(0, 5000, 600):
            part = y[first : first + 600]
            writer.write(part, {"id": list(range(first, first + len(part)))})
    file = pyarrow.ParquetFile(tmp_path / "y.parquet")
    assert 1 < file.num_row_groups <= 5
    table = file.read()
    assert table["id"].to_pylist() == list(range(5000))
    np.testing.assert_array_equal(table["output999"].to_numpy(), y[:, 999])


def test_what_is_too_wide_is_refused_before_anything_is_written(tmp_path):
    names = tuple(f"output{k}" for k in range(100_000))
    with (
        pytest.raises(UsageError, match=r"at most \d+ rows of 100,000 columns"),
        output.writer(
            tmp_path / "y.parquet", columns=names, dtype="float32", shape=(100_000,), rows=1000
        ),
    ):
        pytest.fail("the writer should not have been given")
    assert list(tmp_path.iterdir()) == []
