"""The .npz reader: what numpy writes comes back exactly, what anyone else writes does no harm."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib
from typing import Any

import numpy as np
import pytest

from nnspec.errors import WeightsError
from nnspec.weights.formats import npz


def npy(array: Any) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()


def header(text: str, version: bytes = b"\x01\x00", length: int | None = None) -> bytes:
    raw = text.encode("latin-1")
    size = struct.pack(
        "<H" if version == b"\x01\x00" else "<I", len(raw) if length is None else length
    )
    return b"\x93NUMPY" + version + size + raw


def archive(path, members: dict[str, bytes], method: int = zipfile.ZIP_STORED):
    with zipfile.ZipFile(path, "w", method) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def refusal(path) -> str:
    """Open the file and load all of it: the one sentence that refuses it."""
    with pytest.raises(WeightsError) as caught:
        [entry.load() for entry in npz.read(path).arrays.values()]
    sentence = str(caught.value)
    assert str(path) in sentence
    assert "\n" not in sentence
    return sentence.removeprefix(f"{path}: ")


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
@pytest.mark.parametrize("dtype", ["<f2", ">f2", "<f4", ">f4", "<f8", ">f8"])
def test_what_numpy_saves_comes_back_exactly(tmp_path, save, dtype):
    matrix = np.random.default_rng(0).normal(size=(5, 7)).astype(dtype)
    given = {
        "C": matrix,
        "F": np.asfortranarray(matrix),
        "scalar": matrix[0, 0],
        "none": matrix[:0],
    }
    save(tmp_path / "w.npz", **given)
    read = npz.read(tmp_path / "w.npz")
    assert list(read.arrays) == list(given)
    for name, array in given.items():
        loaded = read.arrays[name].load()
        assert read.arrays[name].shape == loaded.shape == np.shape(array)
        assert read.arrays[name].dtype == matrix.dtype.name
        assert loaded.dtype == (np.float64 if dtype[1:] == "f8" else np.float32)
        assert loaded.dtype.isnative
        assert loaded.flags.c_contiguous
        assert loaded.flags.writeable
        np.testing.assert_array_equal(loaded, array)


@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_every_version_of_the_header_is_read(tmp_path, version):
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, np.arange(6.0).reshape(2, 3), version=version)
    read = npz.read(archive(tmp_path / "w.npz", {"W1.npy": buffer.getvalue()}))
    np.testing.assert_array_equal(read.arrays["W1"].load(), [[0, 1, 2], [3, 4, 5]])


def test_the_header_of_another_writer_is_read(tmp_path):
    """Keys in another order and quotes of the other kind are the same dict."""
    data = header("{\"shape\":(2,), 'fortran_order' : False,'descr': '<f8'}") + struct.pack(
        "<2d", 1, 2
    )
    read = npz.read(archive(tmp_path / "w.npz", {"a.npy": data}))
    np.testing.assert_array_equal(read.arrays["a"].load(), [1.0, 2.0])


def test_names_are_only_names(tmp_path):
    read = npz.read(
        archive(tmp_path / "w.npz", {"../../x.npy": npy(np.ones(2)), "/a b/ü.npy": npy(np.ones(2))})
    )
    assert list(read.arrays) == ["../../x", "/a b/ü"]


def test_a_count_of_batches_may_stand_in_the_file_but_is_no_weight(tmp_path):
    np.savez(tmp_path / "w.npz", n=np.int64(3), flag=np.array([True]))
    read = npz.read(tmp_path / "w.npz")
    assert read.arrays["n"].dtype == "int64"
    for name in ("n", "flag"):
        with pytest.raises(WeightsError, match="integer and boolean arrays are refused as weights"):
            read.arrays[name].load()


FLOATS = "{'descr': '<f4', 'fortran_order': False, 'shape': %s, }"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is cut off inside its header"),
        (b"\x93NUMPY", "is cut off inside its header"),
        (b"rubbish", "is cut off inside its header"),
        (b"rubbish!", "is no .npy file"),
        (header("x", b"\x04\x00"), "is of .npy version 4.0"),
        (header("", b"\x02\x00", length=2**32 - 1), "declares a header of 4,294,967,295 bytes"),
        (header("", length=9_999), "is cut off inside its header"),
        (header(FLOATS % "(2,)") + b"\0" * 7, "needs 8 bytes, 7 are there"),
        (header(FLOATS % "(2,)") + b"\0" * 9, "has 1 bytes after its array"),
        (header(FLOATS % "(1000000000000000,)"), "needs 4,000,000,000,000,000 bytes"),
        (
            header(FLOATS % "(9999999999999999999, 9)"),
            "is cut off",
        ),
        (header(FLOATS % "(18446744073709551616000,)"), "has a damaged header"),
        (header(FLOATS % "(-1,)"), "has a damaged header"),
        (header(FLOATS % "(True,)"), "has a damaged header"),
        (header(FLOATS % "(2)"), "has a damaged header"),
        (header(FLOATS % ("(" + "1," * 33 + ")")), "has a damaged header"),
        (header(FLOATS % ("(" * 4000 + ")" * 4000)), "has a damaged header"),
        (header("[]"), "has a damaged header"),
        (header("{'descr': '<f4', 'descr': '<f4'}"), "has a damaged header"),
        (header("{'shape': '<f4'}"), "has a damaged header"),
        (header("{'evil': __import__('os').system('x')}"), "has a damaged header"),
        (
            header("{'descr': '<f4', 'fortran_order': False, 'shape': (), 'more': True}"),
            "has a damaged header",
        ),
        (header("\xff", b"\x03\x00"), "has a damaged header"),
        (header("{'descr': '|O', 'fortran_order': False, 'shape': ()}"), "holds Python objects"),
        (
            header("{'descr': '<U3', 'fortran_order': False, 'shape': ()}"),
            "holds texts, not numbers",
        ),
        (
            header("{'descr': '<f3', 'fortran_order': False, 'shape': ()}"),
            "is of an unknown type '<f3'",
        ),
        (
            header("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': ()}"),
            "holds records with named fields",
        ),
    ],
)
def test_a_false_header_is_refused_in_one_sentence(tmp_path, data, reason):
    sentence = refusal(archive(tmp_path / "w.npz", {"W1.npy": data}))
    assert sentence.startswith("array 'W1' ")
    assert reason in sentence


def test_object_arrays_that_numpy_saves_are_refused(tmp_path):
    np.savez(tmp_path / "w.npz", W1=np.array([{}, None], dtype=object))
    assert "holds Python objects" in refusal(tmp_path / "w.npz")


def test_what_is_no_zip_is_refused(tmp_path):
    path = tmp_path / "w.npz"
    good = archive(path, {"a.npy": npy(np.ones(2))}).read_bytes()
    for data, reason in [
        (b"", "is empty"),
        (b"rubbish", "is not a zip archive"),
        (b"PK\x03\x04", "directory cannot be read"),
        (b"#!/bin/sh\n" + good, "is not a zip archive"),
        (good[:-30], "directory cannot be read"),
    ]:
        path.write_bytes(data)
        assert reason in refusal(path)


def test_members_that_are_no_arrays_or_come_twice_are_refused(tmp_path):
    assert "member 'notes.txt' is not an .npy array" in refusal(
        archive(tmp_path / "a.npz", {"notes.txt": b"x"})
    )
    with zipfile.ZipFile(tmp_path / "b.npz", "w") as file:
        file.writestr("a.npy", npy(np.ones(2)))
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("a.npy", npy(np.zeros(2)))
    assert "array 'a' is there twice" in refusal(tmp_path / "b.npz")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_compressions_are_refused(tmp_path, method):
    path = archive(tmp_path / "w.npz", {"a.npy": npy(np.ones(2))}, method)
    assert f"is compressed by method {method}" in refusal(path)


def test_an_encrypted_member_is_refused(tmp_path):
    path = archive(tmp_path / "w.npz", {"a.npy": npy(np.ones(2))})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "member 'a.npy' is encrypted" in refusal(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_every_flipped_bit_of_the_numbers_is_seen(tmp_path, method):
    """A deflated stream has a few bits that mean nothing, or the same; the numbers then stand."""
    path = archive(tmp_path / "w.npz", {"a.npy": npy(np.arange(4.0))}, method)
    good = path.read_bytes()
    start, end = good.index(b"a.npy") + len("a.npy"), good.index(b"PK\x01\x02")
    unseen = 0
    for bit in range(8 * start, 8 * end):
        data = bytearray(good)
        data[bit // 8] ^= 1 << bit % 8
        path.write_bytes(data)
        try:
            np.testing.assert_array_equal(npz.read(path).arrays["a"].load(), np.arange(4.0))
            unseen += 1
        except WeightsError:
            pass
    assert unseen <= (16 if method == zipfile.ZIP_DEFLATED else 0)


def test_a_size_that_lies_is_seen(tmp_path):
    """The directory declares fewer bytes than the member holds, with the right CRC for those."""
    whole = npy(np.arange(4.0)) + b"extra"
    path = archive(tmp_path / "w.npz", {"a.npy": whole}, zipfile.ZIP_DEFLATED)
    data = bytearray(path.read_bytes())
    place = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, place + 16, zlib.crc32(whole[:-5]))
    struct.pack_into("<I", data, place + 24, len(whole) - 5)
    path.write_bytes(data)
    assert "does not hold the 160 bytes that it declares" in refusal(path)


def test_a_bomb_is_refused_before_it_expands(tmp_path):
    path, size = tmp_path / "w.npz", 300 * 1024**2
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file,
        file.open("a.npy", "w") as member,
    ):
        member.write(header(FLOATS % f"({size // 4},)"))
        for _ in range(300):
            member.write(bytes(1024**2))
    tracemalloc.start()
    assert "more than 256 MiB and more than 100 times its size" in refusal(path)
    assert tracemalloc.get_traced_memory()[1] < 2**20
    tracemalloc.stop()


def test_no_mutation_leaks_another_exception(tmp_path):
    path = tmp_path / "w.npz"
    random = np.random.default_rng(1)
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        good = archive(path, {"a.npy": npy(np.arange(6.0).reshape(2, 3))}, method).read_bytes()
        for _ in range(1000):
            data = bytearray(good)
            for _ in range(random.integers(1, 4)):
                data[random.integers(len(data))] = random.integers(256)
            path.write_bytes(data[: random.integers(1, 2 * len(data))])
            try:
                loaded = [entry.load() for entry in npz.read(path).arrays.values()]
            except WeightsError:
                continue
            for array in loaded:  # the flip was not in the numbers
                np.testing.assert_array_equal(array, np.arange(6.0).reshape(2, 3))
