"""exp(x) − 1 has twice the digits of a double."""

from __future__ import annotations

import numpy as np
import pytest
from mpmath import mp

from nnspec.numerics.fine import fine_bend, fine_expm1


@pytest.mark.parametrize("lowest", [-1e-9, -1e-3, -1.0, -5.0, -700.0])
def test_the_pair_is_right_to_a_hundred_bits(lowest):
    x = np.random.default_rng(0).uniform(lowest, 0, 500)
    high, low = fine_expm1(x)
    with mp.workdps(60):
        for at, a, b in zip(x.tolist(), high.tolist(), low.tolist(), strict=True):
            assert abs((mp.mpf(a) + mp.mpf(b)) / mp.expm1(mp.mpf(at)) - 1) < mp.mpf(2) ** -99, at


def test_the_bend_is_right_to_a_hundred_bits():
    x = np.random.default_rng(0).uniform(-0.125, 0.125, 500)
    high, low = fine_bend(x)
    with mp.workdps(60):
        for at, a, b in zip(map(mp.mpf, x.tolist()), high.tolist(), low.tolist(), strict=True):
            exact = (mp.expm1(at) - at) * 2 / at**2
            assert abs((mp.mpf(a) + mp.mpf(b)) / exact - 1) < mp.mpf(2) ** -99, at
