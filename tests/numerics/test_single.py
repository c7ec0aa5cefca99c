"""The cheaper forms for float32: to half an ulp and a little, wherever a row or a number stands."""

from __future__ import annotations

import numpy as np
import pytest
from mpmath import mp

from nnspec.numerics.normal_table import normal_gate_single
from nnspec.numerics.ramp import positive_part
from nnspec.numerics.sigmoid import finite_below, gate_single, sigmoid_single
from nnspec.numerics.softmax import softmax_single

NUMBERS = np.random.default_rng(0).normal(0, 4, 300).astype("f4").astype("f8")


@pytest.mark.parametrize(
    ("kernel", "exact", "within"),
    [
        (sigmoid_single, lambda x: 1 / (1 + mp.exp(-x)), 1e-13),
        (lambda x: gate_single(x, x), lambda x: x / (1 + mp.exp(-x)), 1e-13),
        (normal_gate_single, lambda x: x * mp.ncdf(x), 2.0**-27),
    ],
    ids=["sigmoid", "silu", "gelu"],
)
def test_a_kernel_is_far_better_than_a_float32(kernel, exact, within):
    y = kernel(NUMBERS.copy())
    for x, got in zip(NUMBERS.tolist(), y.tolist(), strict=True):
        assert abs(got / exact(mp.mpf(x)) - 1) < within, x


def test_the_tail_of_gelu_holds_down_to_the_smallest_float32():
    x = np.linspace(-14.5, -13.0, 200)
    with mp.workprec(100):
        for at, got in zip(x.tolist(), normal_gate_single(x.copy()).tolist(), strict=True):
            want = at * mp.ncdf(at)
            assert abs(got - want) < max(abs(want) * 2.0**-24, 2.0**-151), at


@pytest.mark.parametrize("size", [3, 5000])
def test_minus_infinity_becomes_finite_among_few_and_many(size):
    x = np.ones(size)
    assert finite_below(x).tolist() == x.tolist()
    x[1] = -np.inf
    assert finite_below(x).tolist() == [1.0, -1e39, *x[2:].tolist()]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [1, 4095, 4096, 4097, 10_000])
def test_the_positive_part_is_the_same_in_rows_of_any_length(size, dtype):
    x = np.resize(np.array([-2, -0.0, 0.0, 3, np.nan, np.inf, -np.inf], dtype), size)
    y = positive_part(x)
    expected = np.resize(np.array([0, 0, 0, 3, np.nan, np.inf, 0], dtype), size)
    np.testing.assert_array_equal(y, expected)
    assert not np.signbit(y[~np.isnan(y)]).any()
    positive_part(x, x)
    np.testing.assert_array_equal(x, expected)


FAR = [[800.0, 0, 0], [-800, -890, -801], [np.inf, 0, np.inf], [-np.inf, -np.inf, 0]]
FAR += [[np.nan, 0, 0], [3e38, -3e38, 3e38], [-3e38, -3e38, -3e38]]


@pytest.mark.parametrize("far", FAR, ids=str)
def test_a_row_that_needs_care_leaves_its_neighbours_alone_and_is_right(far):
    near = np.random.default_rng(1).normal(0, 30, (20, 3))
    alone = np.concatenate([softmax_single(row[None]) for row in near])
    with np.errstate(all="ignore"):
        both = softmax_single(np.insert(near, 7, far, axis=0))
        single = softmax_single(np.array([far]))
        apart = np.exp(np.where(np.array(far) == max(far), 0.0, np.array(far) - max(far)))
    assert np.delete(both, 7, axis=0).tobytes() == alone.tobytes()
    np.testing.assert_array_equal(both[7:8], single)
    expected = np.full(3, np.nan) if np.isnan(far).any() else apart / apart.sum()
    np.testing.assert_allclose(single[0], expected, rtol=1e-12, atol=1e-300)
