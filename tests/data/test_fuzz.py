"""Any bytes in any format are rows or one DataError; nothing else leaks, nothing warns."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nnspec.data import batches, bulk, decimals, formats, output
from nnspec.data.chunks import Chunk
from nnspec.data.number_text import is_number, parse
from nnspec.data.table import Selection
from nnspec.errors import DataError

SUFFIXES = [".npy", ".npz", ".csv", ".tsv", ".jsonl", ".parquet"]
TEXT = st.text(st.sampled_from('01.9eE+-_naif,;\t"\n\r []{}:x\x00é\ufeff٣'), max_size=60)


def valid(suffix):
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"x{suffix}"
        with output.writer(path, columns=("a", "b"), dtype="float32", shape=(2,)) as table:
            table.write(np.arange(8.0).reshape(4, 2))
        return path.read_bytes()


VALID = {suffix: valid(suffix) for suffix in SUFFIXES}


def check(data, suffix):
    source = formats.Source(io.BytesIO(data), "the data", suffix, len(data))
    with one_sentence():
        table = formats.by_suffix(suffix).open(source, size=2, features=None)
        for block in table.blocks(3, Selection(tuple(range(table.width)))):
            assert block.values.ndim == 2
            assert block.values.dtype.kind in "biuf"


@contextmanager
def one_sentence():
    """Let a DataError pass that is one line of bounded length."""
    message = ""
    try:
        yield
    except DataError as error:
        message = str(error)
    assert "\n" not in message
    assert len(message) < 1000


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=80) | TEXT.map(str.encode))
@example(data=b"")
def test_any_bytes(suffix, data):
    check(data, suffix)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=250, deadline=None)
@given(
    place=st.integers(0, 2000),
    new=st.binary(max_size=6),
    cut=st.integers(0, 8),
)
def test_any_change_of_a_valid_file(suffix, place, new, cut):
    data = VALID[suffix]
    place %= len(data)
    check(data[:place] + new + data[place + cut :], suffix)


@settings(max_examples=500, deadline=None)
@given(
    st.lists(st.text(st.sampled_from("0123.eE+-nanif_() \t\x0b\x1f\xa0#"), max_size=6), min_size=1)
)
@example(["\x1f1"])
@example(["1\x0c", "2"])
@example(["1e400"])
@example(["#1"])
@example(["nan(1)"])
def test_reading_in_bulk_takes_nothing_that_reading_cell_by_cell_refuses(cells):
    raw = bulk.tidy(Chunk("\n".join(f"0,{cell}" for cell in cells).encode()))
    for way in ("decimals", "pyarrow", "NumPy"):
        with pytest.MonkeyPatch.context() as patch:
            if way != "decimals":
                patch.setattr(decimals, "read", lambda *_: None)
            large = way == "pyarrow"
            values = bulk.numbers(raw, ",", 2, (1,), large=large) if raw else None
        if all(map(is_number, cells)):
            expected = [[float(cell)] for cell in cells]
            assert values is None or np.array_equal(values, expected, equal_nan=True)
        else:
            assert values is None
            assert parse(cells) is None


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=80) | TEXT.map(str.encode))
def test_any_member_of_a_zip(data):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("../../x.npy", data)
    check(file.getvalue(), ".npz")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=80) | TEXT.map(str.encode))
def test_any_standard_input(data):
    with one_sentence(), batches.open(io.BytesIO(data), size=2, dtype="float32") as rows:
        list(rows)


@settings(max_examples=200, deadline=None)
@given(TEXT.map("[".__add__))
def test_any_rows_on_the_command_line(text):
    with one_sentence(), batches.open(text, size=2, dtype="float32") as rows:
        list(rows)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(st.sampled_from("012.eE+- "), min_size=1, max_size=5), min_size=2, max_size=2
        ),
        min_size=1,
        max_size=4,
    )
)
@example([["1", "-0"], ["-0.0", "0"]])
@example([["01", "1"]])
@example([["1.", ".5"]])
@example([["1],[2", "3"]])
@example([["1e400", "1"]])
@example([["1", "1"], ["1] [2", "2"]])
def test_json_in_bulk_is_json_line_by_line(cells):
    lines = [f"[{', '.join(row)}]" for row in cells]
    source = formats.Source(io.BytesIO("\n".join(lines).encode()), "x", ".jsonl", None)
    try:
        expected = [[float(cell) for cell in json.loads(line)] for line in lines]
    except ValueError:
        expected = None
    if expected and (np.isinf(expected).any() or any(len(row) != 2 for row in expected)):
        expected = None
    try:
        table = formats.by_suffix(".jsonl").open(source, size=2, features=None)
        found = [
            row.tolist() for block in table.blocks(9, Selection((0, 1))) for row in block.values
        ]
    except DataError:
        found = None
    assert str(found) == str(expected)
