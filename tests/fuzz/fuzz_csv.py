"""Fuzz .csv .tsv .jsonl, JSON and standard input: any bytes are rows of numbers, or one sentence."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import numpy as np  # noqa: E402
from files import rows, sniffed  # noqa: E402
from harness import run  # noqa: E402

SEEDS = [
    b"a,b\n1,2\n3.5e-1,-4\n",
    b'"a ""q""","b\nc"\r\n"1","2"\r\n',
    b"\xef\xbb\xbf1,2\n\n3,nan\n",
    b"a\tb\n1\t2\n",
    b"[1, 2]\n[NaN, -Infinity]\n",
    b'{"a": 1, "b": 2.5}\n{"b": 4, "a": true}\n',
    b"[[1, 2],\n [3, 4]]\n",
]
WORDS = [
    word.encode()
    for word in ["1", "-1", "0.5", "1e5", "1e400", "1e-400", "nan", "inf", "-inf", "Infinity", "NaN", "null", "true", "_", ".", "+", "-", "0x1F", "1_0", "٣", "１", "=", "@", "a,b", '{"a":', "[", "]", "{", "}", ":", "99999999999999999999", "\\ud800"]
] + [b",", b"\n", b"\r\n", b"\r", b"\t", b'"', b'""', b" ", b";", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\xa8"]  # fmt: skip


def check(data: bytes) -> None:
    """Read in every format, one row at a time and in bulk, which must agree."""
    for suffix in (".csv", ".tsv", ".jsonl"):
        alone, together = rows(data, suffix, block=1), rows(data, suffix, block=1000)
        assert (alone is None) == (together is None), suffix
        if alone is not None and together is not None:
            np.testing.assert_array_equal(alone, together)
            assert not np.isinf(alone).any() or b"inf" in data.lower() or b"Infinity" in data
    sniffed(data)


if __name__ == "__main__":
    run("csv", check, SEEDS, WORDS)
