"""a·b + c loses nothing to cancellation, and takes numbers of any size."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from nnspec.numerics.fused import exact_product, multiply_add


def test_what_cancels_leaves_the_nearest_double():
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(2, 1000))
    c = -(a * b) * (1 + rng.integers(-3, 4, 1000) * 2.0**-52)
    high, low = multiply_add(a, b, c)
    for one in zip(*(part.tolist() for part in (a, b, c, high, low)), strict=True):
        x, y, z, got, rest = map(Fraction, one)
        assert got == Fraction(float(x * y + z))
        assert abs(x * y + z - got - rest) <= abs(got) * Fraction(2) ** -100


@pytest.mark.parametrize(
    ("a", "b", "c", "expected"),
    [
        (1e300, 1e300, -1.0, np.inf),
        (1e300, 1e-300, -1e300, -1e300),
        (1e-200, 1e-200, 3.0, 3.0),
        (1e-160, 1e-160, 0.0, 1e-320),
        (np.inf, -2.0, 1.0, -np.inf),
        (1.0, 2.0, np.inf, np.inf),
        (np.nan, 1.0, 1.0, np.nan),
    ],
)
def test_products_out_of_reach_do_not_spoil_the_sum(a, b, c, expected):
    with np.errstate(all="ignore"):
        high, low = multiply_add(np.array([a]), b, c)
        np.testing.assert_array_equal(high + low, [expected])
        assert np.isfinite(exact_product(np.array([a]), b)[1]).all()
