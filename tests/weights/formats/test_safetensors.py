"""The .safetensors reader, against the reference implementation and against hostile headers."""

from __future__ import annotations

import json
import struct

import numpy as np
import pytest
import safetensors
import safetensors.numpy

from nnspec.errors import WeightsError
from nnspec.weights.formats import safetensors as reader

ENTRY = {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}


def written(path, header: object, data: bytes = bytes(8)):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)
    return path


def refusal(path) -> str:
    with pytest.raises(WeightsError) as caught:
        reader.read(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"{path}: not a sound safetensors file: ")
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_what_the_reference_writes_comes_back_exactly(tmp_path, dtype):
    given = {
        "net.0.weight": np.random.default_rng(0).normal(size=(5, 7)).astype(dtype),
        "scalar": np.array(0.5, dtype),
        "none": np.zeros((0, 3), dtype),
    }
    safetensors.numpy.save_file(given, tmp_path / "w.safetensors", metadata={"format": "pt"})
    read = reader.read(tmp_path / "w.safetensors")
    assert read.metadata == {"format": "pt"}
    assert set(read.arrays) == set(given)
    for name, array in given.items():
        loaded = read.arrays[name].load()
        assert loaded.dtype == (np.float64 if dtype is np.float64 else np.float32)
        assert read.arrays[name].dtype == np.dtype(dtype).name
        assert loaded.flags.writeable
        np.testing.assert_array_equal(loaded, array)


def test_bfloat16_is_the_upper_half_of_float32(tmp_path):
    """1.0 is 3f80, -2.5 is c020, the largest finite 7f7f, infinity 7f80, the smallest 0001."""
    header = {"a": {"dtype": "BF16", "shape": [5], "data_offsets": [0, 10]}}
    data = struct.pack("<5H", 0x3F80, 0xC020, 0x7F7F, 0x7F80, 0x0001)
    entry = reader.read(written(tmp_path / "w.safetensors", header, data)).arrays["a"]
    assert entry.dtype == "bfloat16"
    loaded = entry.load()
    assert loaded.dtype == np.float32
    assert loaded.tolist() == [1.0, -2.5, (2 - 2**-7) * 2.0**127, np.inf, 2.0**-133]


def test_integers_may_stand_in_the_file_but_are_no_weights(tmp_path):
    given = {"n": np.array(7, np.int64), "w": np.ones(2, np.float32)}
    safetensors.numpy.save_file(given, tmp_path / "w.safetensors")
    read = reader.read(tmp_path / "w.safetensors")
    assert read.arrays["n"].dtype == "I64"
    with pytest.raises(
        WeightsError, match="'n' is I64; integer and boolean arrays are refused as weights"
    ):
        read.arrays["n"].load()


def changed(**change: object) -> dict[str, object]:
    return {"a": {**ENTRY, **change}}


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (b"", "does not begin with '{'"),
        (b" " + json.dumps({"a": ENTRY}).encode(), "does not begin with '{'"),
        (b"[]", "does not begin with '{'"),
        (b"{", "not valid JSON"),
        (b"{}x", "not valid JSON"),
        (b'{"a":' + b"[" * 100_000, "not valid JSON"),
        (b'{"\xff":1}', "not UTF-8"),
        (b'{"a":1,"a":1}', "'a' stands twice"),
        (b'{"\\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}', "is not Unicode"),
        (b'{"a":' + b"9" * 5000 + b"}", "out of range"),
        (b'{"a":-1}', "out of range"),
        (b'{"a":NaN}', "not an integer"),
        (b'{"a":8.0}', "not an integer"),
        ({"a": [*ENTRY.values()]}, "exactly dtype, shape and data_offsets"),
        (changed(extra=1), "exactly dtype, shape and data_offsets"),
        ({"a": {"dtype": "F32", "shape": [2]}}, "exactly dtype, shape and data_offsets"),
        (changed(dtype="F128"), "unknown dtype 'F128'"),
        (changed(dtype=None), "unknown dtype null"),
        (changed(shape=[True, 2]), "not lists of integers"),
        (changed(shape="2"), "not lists of integers"),
        (changed(data_offsets=[0]), "not a start and an end"),
        (changed(data_offsets=[8, 0]), "not a start and an end"),
        (changed(shape=[3]), "of shape [3] does not fill its 8 bytes"),
        (changed(shape=[2**40, 2**40]), "overflows"),
        (changed(shape=[2**40, 2**40, 0], data_offsets=[0, 0]), "overflows"),
        (changed(data_offsets=[1, 9]), "leaves a gap before it"),
        ({"a": ENTRY, "b": ENTRY}, "overlaps the one before it"),
        (changed(shape=[1], data_offsets=[0, 4]), "take 4 bytes, and 8 follow"),
        (changed(shape=[4], data_offsets=[0, 16]), "take 16 bytes, and 8 follow"),
        ({"__metadata__": {"a": 1}}, "does not map texts to texts"),
        ({"__metadata__": None}, "does not map texts to texts"),
        (b'{"__metadata__":{"a":"\\udfff"}}', "is not Unicode"),
    ],
)
def test_a_broken_rule_is_named(tmp_path, header, reason):
    assert reason in refusal(written(tmp_path / "w.safetensors", header))


def test_a_false_length_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "w.safetensors"
    for data, reason in [
        (b"1234567", "it has 7 bytes"),
        (struct.pack("<Q", 2**63), "at most 0 can be"),
        (struct.pack("<Q", 3) + b"{}", "at most 2 can be"),
    ]:
        path.write_bytes(data)
        assert reason in refusal(path)
    with path.open("wb") as file:  # a sparse file of 200 MB
        file.write(struct.pack("<Q", 100_000_001))
        file.truncate(200_000_000)
    assert "at most 100000000 can be" in refusal(path)


def test_nothing_is_accepted_that_the_reference_refuses(tmp_path):
    """4,000 mutations; where we accept, it accepts, and the arrays are equal."""
    path = tmp_path / "w.safetensors"
    given = {"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.arange(3, dtype=np.float64)}
    good = safetensors.numpy.save(given, metadata={"k": "v"})
    header_end = 8 + int.from_bytes(good[:8], "little")
    random = np.random.default_rng(2)
    letters = np.frombuffer(b'{}[]":,0123456789.-eE \\utFIB', np.uint8)
    accepted = 0
    for turn in range(4000):
        data = bytearray(good)
        for _ in range(random.integers(1, 3)):
            place = random.integers(8 if turn % 8 else 0, header_end)
            data[place] = random.choice(letters) if turn % 2 else random.integers(256)
        if turn % 10 == 0:
            data = data[: random.integers(1, len(data) + 1)]
        path.write_bytes(data)
        try:
            read = reader.read(path)
            ours = {name: entry.load() for name, entry in read.arrays.items()}
        except WeightsError:
            continue
        accepted += 1
        theirs = dict(safetensors.deserialize(bytes(data)))
        assert set(theirs) == set(ours)
        with safetensors.safe_open(path, "np") as opened:
            assert dict(opened.metadata() or {}) == dict(read.metadata)
            for name, array in ours.items():
                expected = opened.get_tensor(name)
                np.testing.assert_array_equal(array, expected)
    assert accepted > 50
