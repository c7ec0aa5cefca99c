"""The building blocks: exact where they say so, and right where formulas usually break."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from mpmath import mp

from nnspec.numerics.elementwise import CHUNK, elementwise
from nnspec.numerics.exp import exp, exp_pair
from nnspec.numerics.expm1 import expm1
from nnspec.numerics.normal import normal_cdf
from nnspec.numerics.pair import add, constant, divide, multiply, times, two_product, two_sum
from nnspec.numerics.polynomial import horner
from nnspec.numerics.ramp import positive_part
from nnspec.numerics.rowwise import rowwise
from nnspec.numerics.softmax import sum_pair

RNG = np.random.default_rng(0)
A, B = (RNG.normal(0, 1, 300) * 10.0 ** RNG.integers(-30, 30, 300) for _ in range(2))


def exact(pair, k):
    return Fraction(pair[0][k]) + Fraction(pair[1][k])


def test_sums_and_products_leave_no_error():
    for k in range(len(A)):
        assert exact(two_sum(A, B), k) == Fraction(A[k]) + Fraction(B[k])
        assert exact(two_product(A, B), k) == Fraction(A[k]) * Fraction(B[k])


@pytest.mark.parametrize(
    ("pair", "wanted"),
    [
        (multiply((A, A * 1e-17), (B, B * 1e-17)), lambda a, b: a * b),
        (divide((A, A * 1e-17), (B, B * 1e-17)), lambda a, b: a / b),
    ],
    ids=["multiply", "divide"],
)
def test_products_and_quotients_of_pairs_hold_a_hundred_bits(pair, wanted):
    for k in range(len(A)):
        a = Fraction(A[k]) + Fraction(A[k] * 1e-17)
        b = Fraction(B[k]) + Fraction(B[k] * 1e-17)
        assert abs(exact(pair, k) / wanted(a, b) - 1) < Fraction(1, 2**100)


def test_a_pair_and_a_number_add_up():
    assert add((np.array([1.0]), np.array([1e-20])), -1.0)[0].tolist() == [1e-20]


def test_a_constant_holds_more_than_a_double():
    high, low = constant("0.044715")
    assert abs(Fraction(high) + Fraction(low) - Fraction("0.044715")) < Fraction(1, 2**108)


def test_times_knows_limits_and_what_rounding_took():
    with np.errstate(all="ignore"):
        high, low = times(np.array([np.inf, -np.inf, 0.1, np.nan]), 0.0)
        assert high[:3].tolist() == [0, 0, 0]
        assert np.isnan(high[3])
        high, low = times(np.array([0.1, 1e308]), 0.3)
    assert Fraction(high[0]) + Fraction(low[0]) == Fraction(0.1) * Fraction(0.3)
    assert low[1] == 0


def test_the_exponential_pair_holds_sixty_four_bits():
    x = RNG.uniform(-740, 700, 300)
    (high, low), m = exp_pair(x)
    mp.prec = 200
    for k in range(len(x)):
        value = (mp.mpf(high[k]) + mp.mpf(low[k])) * mp.mpf(2) ** int(m[k])
        assert abs(value / mp.exp(mp.mpf(x[k])) - 1) < mp.mpf(2) ** -64


def test_exponentials_at_the_ends():
    with np.errstate(all="ignore"):
        x = np.array([-np.inf, -1e4, -745.2, -745.1, 0.0, 709.78, 709.79, np.inf])
        assert exp(x).tolist()[:5] == [0, 0, 0, 5e-324, 1]
        assert np.isfinite(exp(x)).tolist() == [True] * 6 + [False] * 2
        assert np.isnan(exp(np.array([np.nan]))[0])
        assert expm1(np.array([-np.inf, -1e-300, -5e-324])).tolist() == [-1, -1e-300, -5e-324]


def test_the_normal_tail_has_all_its_digits():
    """Φ(−10), Φ(−38) as tabulated (Abramowitz and Stegun 26.2 carried on by mpmath)."""
    got = normal_cdf(np.array([-10.0, -38.0]))
    assert got.tolist() == pytest.approx([7.619853024160527e-24, 2.885428351e-316], rel=1e-9)


def test_horner_by_hand():
    assert horner((1.0, -2.0, 0.5), np.array([2.0, 4.0])).tolist() == [-1.0, 1.0]


def test_adding_rows_of_pairs_loses_nothing():
    row = np.array([[1e16, 1.0, -1e16, 3.0, 2.0**-60]])
    high, low = sum_pair(row, np.zeros_like(row))
    assert Fraction(high[0, 0]) + Fraction(low[0, 0]) == 4 + Fraction(1, 2**60)


def test_kernels_get_doubles_in_one_row_and_silence():
    seen = []

    def kernel(block):
        seen.append((block.dtype, block.ndim, block.flags.c_contiguous, len(block) <= CHUNK))
        return block / 0.0

    x = np.ones((3, CHUNK), np.float32)[:, ::2]
    assert np.isposinf(elementwise(kernel, x)).all()
    assert set(seen) == {(np.dtype(np.float64), 1, True, True)}


def test_integers_become_doubles():
    assert elementwise(np.sqrt, [1, 4]).dtype == np.float64


def test_rows_stay_whole_however_long():
    x = RNG.normal(0, 1, (3, 2 * CHUNK))
    got = rowwise(lambda rows: rows - rows.max(-1, keepdims=True), x)
    assert (got == x - x.max(-1, keepdims=True)).all()


def test_the_positive_part_of_every_kind_of_number():
    x = np.array([[-np.inf, -1e-45, -0.0], [0.0, np.nan, np.inf]], np.float32).T
    y = positive_part(x)
    assert np.isnan(y[1, 1])
    assert np.nan_to_num(y).tolist() == [[0, 0], [0, 0], [0, np.finfo(np.float32).max]]
    assert not np.signbit(y[2, 0])
