"""Parquet: columns of numbers by name or order, batch by batch; nulls are NaN."""

from __future__ import annotations

import contextlib
import math
import sys

import numpy as np
import pytest

from nnspec.data import batches, output
from nnspec.errors import DataError, MissingExtraError

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


@pytest.fixture
def table(tmp_path):
    def write(columns, names=None, **options):
        if names is None:
            columns, names = list(columns.values()), list(columns)
        pq.write_table(pa.table(columns, names=names), tmp_path / "x.parquet", **options)
        return tmp_path / "x.parquet"

    return write


@pytest.mark.parametrize(
    "dtype", ["uint8", "int64", "uint64", "float16", "float32", "float64", "bool"]
)
def test_every_type_of_number_is_read_over_row_groups(table, rows, dtype):
    array = (np.arange(20).reshape(10, 2) % 2).astype(dtype)
    path = table({"a": array[:, 0], "b": array[:, 1]}, row_group_size=4)
    assert (rows(path, 2) == np.arange(20).reshape(10, 2) % 2).all()


def test_columns_are_picked_by_name_and_kept_as_they_are(table, rows, kept):
    path = table({"b": [2, 4], "id": ["x", None], "a.c": [1.0, 3.0], "n": [7, 8]})
    assert rows(path, 2, features=("a.c", "b")).tolist() == [[1, 2], [3, 4]]
    assert kept(path, 2, features=("a.c", "b"), keep=["n", "id", "b"]) == {
        "n": [7, 8], "id": ["x", None], "b": [2, 4]
    }  # fmt: skip


def test_without_names_the_columns_of_numbers_are_taken_in_order(table, rows):
    assert rows(table({"id": ["x"], "b": [2], "a": [1]}), 2).tolist() == [[2, 1]]


@pytest.mark.parametrize("kind", ["float32", "int32", "bool"])
def test_a_null_is_nan(table, rows, kind):
    path = table({"a": pa.array([1, None], kind) if kind != "bool" else pa.array([True, None])})
    assert np.array_equal(rows(path, 1), [[1], [math.nan]], equal_nan=True)


def test_no_rows(table, rows):
    assert rows(table({"a": pa.array([], "float32")}), 1).shape == (0, 1)


def test_the_number_of_rows_is_known_before_reading(table):
    with batches.open(table({"a": [1.0, 2.0]}), size=1, dtype="float32") as data:
        assert data.rows == 2


@pytest.mark.parametrize(
    ("columns", "features", "message"),
    [
        ({"a": ["x"], "b": [1]}, ("a", "b"), "column 'a' is of type string, not numbers"),
        ({"a": [[1.0]], "b": [1]}, ("a", "b"), "column 'a' is of type list.*, not numbers"),
        ({"aa": [1], "b": [1]}, ("aaa", "b"), "no column 'aaa'; did you mean 'aa'"),
        ({"a": [1], "b": [1], "c": [1]}, None, "2 inputs expected, the data have 3 columns"),
        ({"a": ["x"], "b": [1], "c": ["x"]}, None, "3 columns, 1 of them with numbers"),
    ],
)
def test_a_misfit_is_named(table, rows, columns, features, message):
    with pytest.raises(DataError, match=rf"x\.parquet: .*{message}"):
        rows(table(columns), 2, features=features)


def test_a_name_that_stands_twice_is_refused(table, rows):
    path = table([pa.array([1.0]), pa.array([2.0])], names=["a", "a"])
    with pytest.raises(DataError, match="column 'a' stands twice"):
        rows(path, 2)


def test_damage_anywhere_is_a_sentence_or_does_no_harm(table, rows):
    path = table({"a": np.arange(50.0), "b": np.arange(50.0)}, compression="none")
    data = path.read_bytes()
    for place in range(0, len(data), 7):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        with contextlib.suppress(DataError):
            rows(path, 2)


@pytest.mark.parametrize("content", [b"PAR1", b"PAR1PAR1", b"nothing of the kind", bytes(100)])
def test_what_is_no_parquet_is_a_sentence(tmp_path, rows, content):
    (tmp_path / "x.parquet").write_bytes(content)
    with pytest.raises(DataError, match=r"x\.parquet is damaged, or no \.parquet file: "):
        rows(tmp_path / "x.parquet", 2)


def test_without_pyarrow_the_extra_is_named(table, rows, tmp_path, monkeypatch):
    path = table({"a": [1.0]})
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'nnspec\[parquet\]'"):
        rows(path, 1)
    layout = {"columns": ("y",), "dtype": "f4", "shape": (1,)}
    with (
        pytest.raises(MissingExtraError, match=r"writing \.parquet data"),
        output.writer(tmp_path / "y.parquet", **layout),
    ):
        pass
    assert not (tmp_path / "y.parquet").exists()
