"""Texts of float32 in bulk: what NumPy writes for each of them, so that they read back the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nnspec.data.shortest import lines

RANDOM = np.random.default_rng(0)
SAMPLES = {
    "any bits": RANDOM.integers(0, 2**32, 50_000, np.uint32).view(np.float32),
    "integers": np.arange(-1000, 150_000, 7),
    "short": np.round(RANDOM.normal(size=20_000), 3),
    "powers of ten": [float(f"{m}e{e}") for e in range(-15, 9) for m in (1, 1.5, 9.999999)],
    "powers of two": 2.0 ** np.arange(-60, 40),
    "above powers of two": np.nextafter(2.0 ** np.arange(-60, 40), np.inf, dtype=np.float32),
    "below powers of two": np.nextafter(2.0 ** np.arange(-60, 40), 0, dtype=np.float32),
    "special": [0.0, -0.0, np.nan, -np.nan, np.inf, -np.inf, 1e-45, 3.4028235e38],
    **{f"about {size:g}": RANDOM.normal(size=5000) * size for size in 10.0 ** np.arange(-14, 8)},
}


@pytest.mark.parametrize("name", SAMPLES)
def test_as_numpy_writes_them(name):
    values = np.array(SAMPLES[name], np.float32).reshape(-1, 1)
    assert lines(values, b",").decode().splitlines() == values.ravel().astype(np.str_).tolist()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.floats(width=32), min_size=1, max_size=5))
@example([9.9999997e-05, 99999.996])
def test_any_floats(numbers):
    values = np.array([numbers], np.float32)
    text = lines(values, b"\t").decode()
    assert text == "\t".join(values[0].astype(np.str_)) + "\n"


def test_no_rows_and_very_wide_ones():
    assert lines(np.empty((0, 3), np.float32), b",") == b""
    wide = lines(np.zeros((2, 100_000), np.float32), b",")
    assert wide == (b",".join([b"0.0"] * 100_000) + b"\n") * 2
