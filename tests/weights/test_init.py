"""Initialisers: the right distributions, and the same numbers everywhere."""

from __future__ import annotations

import hashlib
import math
import struct
from fractions import Fraction
from statistics import NormalDist

import mpmath
import numpy as np
import pytest

from nnspec.errors import WeightsError
from nnspec.plugin.layer import Parameter
from nnspec.spec.parameters import Expected
from nnspec.weights import random
from nnspec.weights.init import SCHEMES, initialise

MASK = 2**64 - 1


def matrix(layer: str = "dense1", shape: tuple[int, ...] = (300, 200)) -> Expected:
    return Expected(layer, "dense", 0, Parameter("weight", shape))


def splitmix64(state: int, count: int) -> list[int]:
    """Steele, Lea and Flood's generator in Python integers."""
    words = []
    for _ in range(count):
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        words.append(z ^ (z >> 31))
    return words


def key(seed: int, name: str) -> int:
    return struct.unpack("<Q", hashlib.sha256(f"nnspec 1 {seed} {name}".encode()).digest()[:8])[0]


def test_the_second_implementation_is_splitmix64():
    """The first words for the seed 1234567, as published with the reference implementation."""
    assert splitmix64(1234567, 3) == [6457827717110365317, 3203168211198807973, 9817491932198370423]


@pytest.mark.parametrize(
    ("seed", "name"), [(0, "dense1.weight"), (-7, "größe.weight"), (2**70, "output.weight")]
)
def test_the_bits_are_those_of_the_second_implementation(seed, name):
    words = [word >> 12 for word in splitmix64(key(seed, name), 1000)]
    assert random.bits(seed, name, 0, 1000).tolist() == words
    assert random.bits(seed, name, 990, 10).tolist() == words[990:]


def test_uniform_numbers_are_exact():
    words = splitmix64(key(0, "dense1.weight"), 500)
    exact = [Fraction(2 * (word >> 12) + 1, 2**52) - 1 for word in words]
    assert random.uniform(random.bits(0, "dense1.weight", 0, 500)).tolist() == exact
    made = initialise([matrix(shape=(20, 25))], "glorot_uniform", 0, "float64")["dense1.weight"]
    limit = math.sqrt(6 / 45)
    assert made.ravel().tolist() == [float(number) * limit for number in exact]


def test_normal_numbers_are_the_inverse_of_the_normal_distribution():
    """Against mpmath to 1e-15 relative, up to both ends of the range."""
    words = [
        0,
        1,
        2,
        2**40,
        2**51 - 2**48,
        2**51 - 1,
        2**51,
        2**51 + 2**49,
        2**52 - 2**20,
        2**52 - 1,
    ]
    words += [word >> 12 for word in splitmix64(1, 100)]
    made = random.normal(np.array(words, dtype=np.uint64))
    with mpmath.workdps(40):
        for word, deviate in zip(words, made.tolist(), strict=True):
            p = (mpmath.mpf(word) + 0.5) / 2**52
            exact = mpmath.sqrt(2) * mpmath.erfinv(2 * p - 1)
            assert abs(deviate - exact) <= 2e-15 * abs(exact)


def test_normal_numbers_are_symmetric():
    words = np.array([0, 5, 2**50, 2**51 - 1], dtype=np.uint64)
    np.testing.assert_array_equal(
        random.normal(words), -random.normal(np.uint64(2**52 - 1) - words)
    )


def test_the_first_numbers_are_written_down():
    """A change of these is a change of every network that was made from a seed."""
    made = {
        name: initialise([matrix(shape=(4, 2))], name, 0, "float64")["dense1.weight"]
        for name in SCHEMES
    }
    first = splitmix64(key(0, "dense1.weight"), 1)[0] >> 12
    assert first == 2252683092209097
    deviate = NormalDist().inv_cdf((first + 0.5) / 2**52)
    assert made["he_uniform"][0, 0] == (float(Fraction(2 * first + 1, 2**52) - 1)) * math.sqrt(1.5)
    assert made["he_normal"][0, 0] == pytest.approx(deviate * math.sqrt(0.5), rel=1e-14)
    assert made["lecun_normal"][0, 0] == pytest.approx(deviate * 0.5, rel=1e-14)
    assert made["glorot_normal"][0, 0] == pytest.approx(deviate * math.sqrt(1 / 3), rel=1e-14)
    assert not made["zeros"].any()


@pytest.mark.parametrize(
    ("scheme", "variance", "largest"),
    [
        ("glorot_uniform", 2 / 500, math.sqrt(6 / 500)),
        ("glorot_normal", 2 / 500, None),
        ("he_uniform", 2 / 300, math.sqrt(6 / 300)),
        ("he_normal", 2 / 300, None),
        ("lecun_normal", 1 / 300, None),
    ],
)
def test_mean_and_variance_are_those_of_the_papers(scheme, variance, largest):
    """60,000 numbers: the mean within 4 standard errors, the variance within 3 %."""
    made = initialise([matrix()], scheme, 3, "float64")["dense1.weight"]
    assert abs(made.mean()) < 4 * math.sqrt(variance / made.size)
    assert made.var() == pytest.approx(variance, rel=0.03)
    if largest is not None:
        assert 0.999 * largest < abs(made).max() <= largest


def test_an_array_depends_on_seed_and_name_alone():
    one, two = matrix("a"), matrix("b")
    both = initialise([one, two], "he_normal", 0, "float32")
    np.testing.assert_array_equal(
        initialise([two, one], "he_normal", 0, "float32")["a.weight"], both["a.weight"]
    )
    assert not np.array_equal(both["a.weight"], both["b.weight"])
    assert not np.array_equal(
        initialise([one], "he_normal", 1, "float32")["a.weight"], both["a.weight"]
    )


def test_float32_is_float64_rounded_once_across_blocks():
    wide = initialise([matrix(shape=(700, 800))], "he_normal", 0, "float64")["dense1.weight"]
    narrow = initialise([matrix(shape=(700, 800))], "he_normal", 0, "float32")["dense1.weight"]
    assert narrow.dtype == np.float32
    np.testing.assert_array_equal(narrow, wide.astype(np.float32))
    np.testing.assert_array_equal(
        wide.ravel()[-5:],
        random.normal(random.bits(0, "dense1.weight", 700 * 800 - 5, 5)) * math.sqrt(2 / 700),
    )


def test_what_is_no_matrix_has_its_initial_number():
    gamma = Expected("batchnorm1", "batchnorm", None, Parameter("gamma", (3,), 1.0))
    bias = Expected("dense1", "dense", 0, Parameter("bias", (3,), 0.0))
    made = initialise([gamma, bias], "he_normal", 0, "float32")
    assert made["batchnorm1.gamma"].tolist() == [1, 1, 1]
    assert made["dense1.bias"].tolist() == [0, 0, 0]
    assert made["dense1.bias"].dtype == np.float32


def test_a_thousand_million_parameters_are_the_limit():
    with pytest.raises(WeightsError, match="1000000010 parameters"):
        initialise([matrix(shape=(100_000_001, 10))], "zeros", 0, "float32")
