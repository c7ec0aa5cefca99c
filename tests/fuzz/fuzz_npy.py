"""Fuzz .npy and .npz, as data and as weights: any bytes are numbers that NumPy also reads, or refused."""

from __future__ import annotations

import io
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import numpy as np  # noqa: E402
from files import rows, weights  # noqa: E402
from harness import run  # noqa: E402


def saved(array: np.ndarray) -> bytes:
    """Give an .npy."""
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def zipped(save: object = np.savez, **arrays: np.ndarray) -> bytes:
    """Give an .npz."""
    file = io.BytesIO()
    save(file, **arrays)  # type: ignore[operator]
    return file.getvalue()


SEEDS = [
    saved(np.arange(6.0).reshape(3, 2)),
    saved(np.asfortranarray(np.arange(6, dtype=">i2").reshape(3, 2))),
    saved(np.zeros((0, 2), "?")),
    saved(np.zeros((2, 1, 2), "f2")),
    zipped(x=np.arange(6.0).reshape(3, 2)),
    zipped(np.savez_compressed, x=np.arange(6.0).reshape(3, 2), y=np.zeros(2, "f4")),
]
WORDS = [
    word.encode()
    for word in ["<f8", "<f4", ">i2", "|O", "|b1", "<U1", "|V8", "<M8[s]", "True", "False", "descr", "fortran_order", "shape", "(1,)", "(2,2)", "()", "99999999999999999999", "-1", "L", ",", "(", ")", "{", "}", "'", "[", ":"]
] + [b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"\x93NUMPY", b"\x02\x00", b"\x03\x00", b".npy"]  # fmt: skip


def check(data: bytes) -> None:
    """Read as rows and as weights; where both NumPy and we read an .npy, the numbers are equal."""
    if data[:2] == b"PK":
        rows(data, ".npz")
        weights(data, ".npz")
        return
    ours = rows(data, ".npy")
    if ours is not None and ours.size:
        theirs = np.load(io.BytesIO(data), allow_pickle=False)
        np.testing.assert_array_equal(ours.ravel(), theirs.reshape(ours.shape).ravel())


if __name__ == "__main__":
    run("npy", check, SEEDS, WORDS)
