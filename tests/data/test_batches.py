"""Where rows come from: files by suffix, pipes by their first bytes, JSON texts, lists."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from nnspec.data import batches, output
from nnspec.errors import DataError

EXPECTED = [[1.0, 2.0], [3.0, 4.0]]


class Dripping(io.RawIOBase):
    """A pipe that gives one byte at a time, and cannot seek."""

    def __init__(self, data):
        self._data = io.BytesIO(data)

    def readable(self):
        return True

    def readinto(self, buffer):
        return self._data.readinto(memoryview(buffer)[:1])


@pytest.fixture(params=[".npy", ".npz", ".csv", ".tsv", ".jsonl", ".parquet"])
def file(request, tmp_path):
    path = tmp_path / f"x{request.param}"
    with output.writer(path, columns=("a", "b"), dtype="float64", shape=(2,)) as table:
        table.write(np.array(EXPECTED))
    return path


def test_a_file_is_known_by_its_suffix_in_any_case(file, rows):
    other = file.rename(file.with_suffix(file.suffix.upper()))
    assert rows(other, 2).tolist() == rows(str(other), 2).tolist() == EXPECTED


def test_a_stream_is_known_by_its_first_bytes(file, rows):
    assert rows(io.BytesIO(file.read_bytes()), 2).tolist() == EXPECTED
    assert rows(io.BufferedReader(Dripping(file.read_bytes())), 2).tolist() == EXPECTED


def test_standard_input_is_read(file, rows, monkeypatch):
    with file.open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert rows("-", 2).tolist() == EXPECTED
        assert not stream.buffer.closed


def test_a_named_pipe_is_read(file, rows, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    feeder = threading.Thread(target=lambda: (tmp_path / "pipe").write_bytes(file.read_bytes()))
    feeder.start()
    assert rows(tmp_path / "pipe", 2).tolist() == EXPECTED
    feeder.join()


@pytest.mark.parametrize(
    "text",
    [
        "1,2\n3,4",
        "\n\n1,2\n3,4\n",
        "a\tb\n1\t2\n3\t4\n",
        "[1, 2]\n[3, 4]\n",
        '\ufeff{"a": 1, "b": 2}\n{"a": 3, "b": 4}',
        "[[1, 2], [3, 4]]",
        "[\n  [1, 2],\n  [3, 4]\n]\n",
        " [ [1,2],\n[3,4]]",
    ],
)
def test_texts_on_a_pipe(text, rows):
    assert rows(io.BytesIO(text.encode()), 2).tolist() == EXPECTED


def test_one_row_on_several_lines_is_one_row(rows):
    assert rows(io.BytesIO(b"[\n1.0,\n0.5\n]\n"), 2).tolist() == [[1.0, 0.5]]


@pytest.mark.parametrize(
    ("source", "size", "expected"),
    [
        ("[1.0, 0.5]", 2, [[1.0, 0.5]]),
        (" [1.0, 0.5]\n", 1, [[1.0], [0.5]]),
        ("[[1, 2], [3, 4]]", 2, EXPECTED),
        ("[[[1, 2], [3, 4]]]", 4, [[1, 2, 3, 4]]),
        ("[]", 2, np.empty((0, 2))),
        ([1.0, 0.5], 2, [[1.0, 0.5]]),
        (((1, 2), (3, 4)), 2, EXPECTED),
        ([np.array([1, 2]), np.array([3, 4])], 2, EXPECTED),
    ],
)
def test_the_rows_themselves(source, size, expected, rows):
    assert np.array_equal(rows(source, size), expected)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("[1, 2", "no JSON"),
        ("[1, 2] 3", "no JSON: Extra data"),
        ("[[1, 2], [3]]", "not all of one length"),
        ("[1, null]", "not all numbers"),
        ('[1, "2"]', "hold texts"),
        ('[{"a": 1}]', "not all numbers"),
        ("[1, 1e400]", "out of range"),
        ("[1, 2, 3]", "2 inputs expected, the data have 3 values in one row"),
        ("[" * 100_000, "too deep"),
    ],
)
def test_faulty_rows_are_a_sentence(source, message, rows):
    with pytest.raises(DataError, match=f"the data: .*{message}"):
        rows(source, 2)


def test_files_that_cannot_be_read_are_a_sentence_that_names_them(tmp_path, rows):
    (tmp_path / "x.dat").write_text("1,2\n")
    (tmp_path / "plain").write_text("1,2\n")
    (tmp_path / "empty.npy").touch()
    (tmp_path / "folder.npy").mkdir()
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    for name, message in {
        "x.dat": "x.dat: suffix .dat tells no format; known are .csv, .tsv, .jsonl, .npy, .npz and",
        "plain": "plain: a name without a suffix tells no format; known are .csv",
        "empty.npy": "empty.npy is empty",
        "folder.npy": "cannot read .*folder.npy: is a directory",
        "missing.npy": "cannot read .*missing.npy: no such file or directory",
        "loop.csv": "cannot read .*loop.csv: too many levels",
        "a\0b.csv": r"cannot read .*a\\x00b.csv: embedded null byte",
        "z" * 300 + ".csv": "file name too long",
        "esc\x1b[31m.csv": r"cannot read .*esc\\x1b\[31m.csv: no such",
    }.items():
        with pytest.raises(DataError, match=message):
            rows(tmp_path / name, 2)
    for stream in (b"", b"\n \n"):
        with pytest.raises(DataError, match="the data is empty"):
            rows(io.BytesIO(stream), 2)


def test_an_error_of_the_disk_is_a_sentence(rows):
    class Broken(io.BytesIO):
        def read1(self, size=-1):
            if self.tell() > 10:
                raise OSError(5, "Input/output error")
            return super().read(4)

    with pytest.raises(DataError, match="cannot read the data: input/output error"):
        rows(Broken(b"1,2\n" * 100), 2)


def test_files_are_closed_when_read_to_the_end_on_a_fault_and_by_close(file):
    before = len(list(Path("/proc/self/fd").iterdir()))
    list(batches.open(file, size=2, dtype="float32"))
    with pytest.raises(DataError):
        batches.open(file, size=3, dtype="float32")
    batches.open(file, size=2, dtype="float32").close()
    with pytest.raises(DataError):
        batches.open(file.rename(file.with_suffix(".npy")), size=3, dtype="float32")
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.mark.parametrize("suffix", [".npy", ".csv"])
def test_memory_does_not_grow_with_the_file(tmp_path, suffix):
    """80 MB of numbers column by column, 9 MB of text: at most 24 MiB more than for one row."""
    path, size = tmp_path / f"x{suffix}", 10 if suffix == ".npy" else 2
    if suffix == ".npy":
        np.save(path, np.asfortranarray(np.ones((1_000_000, 10))))
    else:
        path.write_bytes(b"a,b\n" + b"1.00000000,2.00000000\n" * 400_000)
    program = f"""
import resource
from nnspec.data import batches
list(batches.open("[[1, 2]]", size=2, dtype="float32"))
start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
data = batches.open({str(path)!r}, size={size}, dtype="float32")
count = sum(len(block.values) for block in data)
print(count, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start) >> 10)
"""
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    count, grown = map(int, run.stdout.split())
    assert count in (1_000_000, 400_000)
    assert grown < 24
