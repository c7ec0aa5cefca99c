"""What is written in each format, read back by the libraries that others would use."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import threading
from pathlib import Path

import numpy as np
import pytest

from nnspec.data import batches, output
from nnspec.errors import OutputError, UsageError

ALL = [".npy", ".npz", ".csv", ".tsv", ".jsonl", ".parquet"]
NAMED = [".csv", ".tsv", ".jsonl", ".parquet"]
NUMBERS = np.array([[0.1, 1e16, -0.0], [3.4028235e38, 1e-45, 2.0], [0.31682708, 5e-324, 7.0]])


def save(path, blocks, columns=("a", "b", "c"), dtype="float32", shape=(3,), **options):
    """`blocks`: pairs of values and what is kept beside them."""
    with output.writer(path, columns=columns, dtype=dtype, shape=shape, **options) as table:
        for values, kept in blocks:
            table.write(values, kept)
    return path


def load(path):
    """Read a file with NumPy, csv, json, pyarrow: a mapping from columns to lists, or an array."""
    match path.suffix:
        case ".npy":
            return np.load(path)
        case ".npz":
            with np.load(path) as archive:
                assert archive.files == ["outputs"]
                return archive["outputs"]
        case ".jsonl":
            rows = [json.loads(line) for line in path.read_text().splitlines()]
            return {key: [row[key] for row in rows] for key in rows[0]}
        case ".parquet":
            return pytest.importorskip("pyarrow.parquet").read_table(path).to_pydict()
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file, delimiter="\t" if path.suffix == ".tsv" else ",")
    return {name: [row[i] for row in rows] for i, name in enumerate(header)}


@pytest.mark.parametrize("suffix", ALL)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("known", [True, False])
def test_every_number_comes_back_as_the_same_bits(tmp_path, suffix, dtype, known, rows):
    numbers = NUMBERS.astype(dtype)
    blocks = [(numbers[:2], {}), (numbers[2:], {})]
    path = save(tmp_path / f"y{suffix}", blocks, dtype=dtype, rows=3 if known else None)
    found = load(path)
    if isinstance(found, dict):
        assert list(found) == ["a", "b", "c"]
        found = np.array(list(found.values()), dtype).T
    assert found.dtype == dtype
    assert found.tobytes() == numbers.tobytes()
    assert rows(path, 3, dtype=dtype).tobytes() == numbers.tobytes()


@pytest.mark.parametrize("suffix", ALL[:-1])  # in Parquet a block is a row group
def test_the_same_rows_give_the_same_file_whatever_the_blocks(tmp_path, suffix):
    one = save(tmp_path / f"one{suffix}", [(NUMBERS, {})])
    two = save(tmp_path / f"two{suffix}", [(NUMBERS[:1], {}), (NUMBERS[1:], {})], rows=3)
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("suffix", ALL)
def test_no_rows(tmp_path, suffix):
    path = save(tmp_path / f"y{suffix}", [], rows=None)
    if suffix == ".jsonl":
        assert path.read_bytes() == b""
        return
    found = load(path)
    if isinstance(found, dict):
        assert found == {"a": [], "b": [], "c": []}
    else:
        assert (found.shape, found.dtype) == ((0, 3), np.float32)


@pytest.mark.parametrize("suffix", ALL)
def test_labels_as_numbers(tmp_path, suffix):
    labels = np.array([3, -1])
    path = save(tmp_path / f"y{suffix}", [(labels, {})], ("label",), "int64", ())
    found = load(path)
    assert [int(x) for x in (found["label"] if isinstance(found, dict) else found)] == [3, -1]
    if not isinstance(found, dict):
        assert (found.dtype, found.shape) == (np.int64, (2,))


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_labels_as_texts_stay_as_they_are(tmp_path, suffix):
    texts = ["zero", "=1+1", "", "é\n\"',"]
    assert load(save(tmp_path / f"y{suffix}", [(texts, {})], ("label",), np.str_, ())) == {
        "label": texts
    }
    assert output.holds_texts(tmp_path / f"y{suffix}")


def test_texts_that_a_spreadsheet_would_run_get_an_apostrophe_and_numbers_never(tmp_path):
    texts = ["=1+1", "+cmd", "-x", "@sum", "\tx", "-1", "+1.5e3", "a=b", 'say "hi", she said', ""]
    path = save(tmp_path / "y.csv", [(texts, {})], ("=label",), np.str_, ())
    expected = ["'=1+1", "'+cmd", "'-x", "'@sum", "'\tx", "-1", "+1.5e3", "a=b", texts[8], ""]
    assert load(path) == {"'=label": expected}
    path = save(tmp_path / "z.csv", [(np.array([[-1.5]]), {})], ("y",), "float32", (1,))
    assert path.read_bytes() == b"y\n-1.5\n"


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_nan_and_infinities(tmp_path, suffix):
    path = save(tmp_path / f"y{suffix}", [(np.array([[np.nan, np.inf, -np.inf]]), {})])
    (values,) = zip(*load(path).values(), strict=True)
    if suffix == ".jsonl":
        assert values == (None, None, None)
    else:
        a, b, c = map(float, values)
        assert math.isnan(a)
        assert (b, c) == (math.inf, -math.inf)


@pytest.mark.parametrize("suffix", NAMED)
def test_kept_columns_stand_first_as_they_were(tmp_path, suffix):
    kept = {"n": [7, 8], "id": ["x", None], "t": ["=x", "y"]}
    blocks = [(NUMBERS[:2, :1], kept), (NUMBERS[2:, :1], {"n": [9], "id": ["z"], "t": [""]})]
    path = save(tmp_path / f"y{suffix}", blocks, ("a",), "float64", (1,), keep=("n", "id", "t"))
    found = load(path)
    assert list(found) == ["n", "id", "t", "a"]
    if suffix in (".csv", ".tsv"):
        assert (found["n"], found["id"], found["t"]) == (
            ["7", "8", "9"],
            ["x", "", "z"],
            ["'=x", "y", ""],
        )
    else:
        assert (found["n"], found["id"], found["t"]) == (
            [7, 8, 9],
            ["x", None, "z"],
            ["=x", "y", ""],
        )


@pytest.mark.parametrize("suffix", [".npy", ".npz"])
def test_arrays_have_no_columns_to_keep(tmp_path, suffix):
    with pytest.raises(
        UsageError, match=f"--keep needs an output with named columns; {suffix} has none"
    ):
        save(tmp_path / f"y{suffix}", [], keep=("id",))
    assert not list(tmp_path.iterdir())


def test_a_kept_column_may_not_have_the_name_of_an_output(tmp_path):
    for keep in (("a",), ("id", "id")):
        with pytest.raises(UsageError, match="the output would have two columns of that name"):
            save(tmp_path / "y.csv", [], keep=keep)


def test_kept_values_of_mixed_types_are_a_sentence_in_parquet(tmp_path):
    blocks = [(NUMBERS[:1], {"id": [1]}), (NUMBERS[1:2], {"id": ["x"]})]
    with pytest.raises(UsageError, match="--keep 'id': its values are of different types"):
        save(tmp_path / "y.parquet", blocks, keep=("id",))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["y", "y.txt", "y.csv.gz"])
def test_an_unknown_suffix_is_wrong_usage(tmp_path, name):
    with pytest.raises(UsageError, match=r"the suffix names the format; known are \.csv"):
        save(tmp_path / name, [])
    (tmp_path / name).mkdir()
    with pytest.raises(OutputError, match="is a directory"):
        save(tmp_path / name, [])


@pytest.mark.parametrize("suffix", ALL)
def test_every_format_can_go_into_a_pipe(tmp_path, suffix):
    os.mkfifo(tmp_path / f"pipe{suffix}")
    got = tmp_path / f"got{suffix}"
    reader = threading.Thread(
        target=lambda: got.write_bytes((tmp_path / f"pipe{suffix}").read_bytes())
    )
    reader.start()
    save(tmp_path / f"pipe{suffix}", [(NUMBERS, {})], dtype="float64")
    reader.join()
    found = load(got)
    found = np.array(list(found.values()), float).T if isinstance(found, dict) else found
    assert found.tolist() == NUMBERS.tolist()


@pytest.mark.parametrize("suffix", ALL)
def test_an_output_may_stand_over_its_own_input(tmp_path, suffix):
    path = save(tmp_path / f"x{suffix}", [(NUMBERS, {})], dtype="float64")
    with (
        batches.open(path, size=3, dtype="float64", block_rows=1) as data,
        output.writer(path, columns=("a", "b", "c"), dtype="float64", shape=(3,)) as table,
    ):
        for block in data:
            table.write(block.values / 2)
    with batches.open(path, size=3, dtype="float64") as data:
        assert [block.values.tolist() for block in data] == [(NUMBERS / 2).tolist()]


def test_without_a_target_it_is_csv_on_standard_output(capsysbinary):
    save(None, [(NUMBERS[:1], {})])
    assert capsysbinary.readouterr().out == b"a,b,c\n0.1,1e+16,-0.0\n"


def test_a_fault_of_standard_output_names_it_and_a_broken_pipe_stays_one(monkeypatch):
    for number, kind in ((28, OutputError), (32, BrokenPipeError)):
        stdout = io.TextIOWrapper(io.BytesIO())

        def fail(data, number=number):
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(stdout.buffer, "write", fail, raising=False)
        monkeypatch.setattr("sys.stdout", stdout)
        with pytest.raises(kind):
            save(None, [])


def test_what_is_no_file_is_csv_as_standard_output_is():
    assert output.holds_texts(Path("/dev/stdout"))
    save(Path("/dev/null"), [(NUMBERS, {})])
