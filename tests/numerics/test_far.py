"""Gates that are smaller than any double keep their digits."""

from __future__ import annotations

import numpy as np
import pytest
from mpmath import mp

from nnspec.numerics.far import far_exp, far_normal_cdf, far_sigmoid, product


def phi(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def sigma(x):
    return 1 / (1 + mp.exp(-x))


@pytest.mark.parametrize(
    ("function", "exact", "lowest", "highest", "bits"),
    [
        (far_exp, mp.exp, -2300, 0, 60),
        (far_sigmoid, sigma, -2300, 40, 60),
        (far_normal_cdf, phi, -67, 8, 53),
    ],
)
def test_the_pair_and_its_exponent_are_the_gate(function, exact, lowest, highest, bits):
    x = np.random.default_rng(0).uniform(lowest, highest, 1000)
    (high, low), m = function(x)
    with mp.workdps(50):
        for at, a, b, power in zip(*(part.tolist() for part in (x, high, low, m)), strict=True):
            got = (mp.mpf(a) + mp.mpf(b)) * mp.mpf(2) ** power
            assert abs(got / exact(mp.mpf(at)) - 1) < mp.mpf(2) ** -bits, at


def test_what_lies_still_further_out_is_zero_after_any_product():
    share, m = far_exp(np.array([-2301.0, -1e300, -np.inf]))
    top = np.full(3, np.finfo(np.float64).max)
    with np.errstate(over="ignore"):
        assert product(top, share, m + 1024, share[0]).tolist() == [0, 0, 0]
