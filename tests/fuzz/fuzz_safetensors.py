"""Fuzz .safetensors against the reference: what we take, it takes, with equal arrays."""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import numpy as np  # noqa: E402
import safetensors  # noqa: E402
from files import weights  # noqa: E402
from harness import run  # noqa: E402


def made(header: object, data: bytes) -> bytes:
    """Give a file with a header."""
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def entry(dtype: str, shape: list[int], start: int, end: int) -> dict[str, object]:
    """Give what a header says of an array."""
    return {"dtype": dtype, "shape": shape, "data_offsets": [start, end]}


SEEDS = [
    made({"a": entry("F32", [2, 1], 0, 8), "b": entry("F64", [1], 8, 16)}, bytes(range(16))),
    made({"__metadata__": {"k": "v"}, "a": entry("F16", [2], 0, 4)}, bytes(4)),
    made({"a": entry("BF16", [3], 0, 6), "b": entry("I64", [], 6, 14), "c": entry("F32", [0], 14, 14)}, bytes(14)),
    made({}, b""),
]  # fmt: skip
WORDS = [
    word.encode()
    for word in ['{', '}', '[', ']', ',', ':', '"', '0', '1', '-1', '1e3', '1.0', 'true', 'null', '18446744073709551615', 'F32', 'F64', 'F16', 'BF16', 'BOOL', 'I8', 'U64', 'F8_E4M3', 'F4', 'C64', 'dtype', 'shape', 'data_offsets', '__metadata__', '\\u0000', '\\ud800']
] + [b" ", b"\xff", b"\x00\x00\x00\x00\x00\x00\x00\x80"]  # fmt: skip


def check(data: bytes) -> None:
    """Nothing is accepted that the reference refuses; numbers that both give are the same bits."""
    ours = weights(data, ".safetensors")
    if ours is None:
        return
    theirs = dict(safetensors.deserialize(data))
    assert set(ours) == set(theirs)
    for name, array in ours.items():
        if array is None:  # a dtype that is not loaded as weights
            continue
        kind, raw = theirs[name]["dtype"], bytes(theirs[name]["data"])
        assert list(array.shape) == theirs[name]["shape"]
        if kind == "BF16":
            expected = (np.frombuffer(raw, "<u2").astype("u4") << 16).view("f4")
        else:
            expected = np.frombuffer(raw, {"F16": "<f2", "F32": "<f4", "F64": "<f8"}[kind])
        np.testing.assert_array_equal(array.ravel(), expected)


if __name__ == "__main__":
    run("safetensors", check, SEEDS, WORDS)
