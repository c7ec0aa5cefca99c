"""The GELU family against mpmath, and through the front door of nnspec."""

from __future__ import annotations

import nnspec_gelu
import numpy as np
import pytest
from mpmath import mp

import nnspec
import nnspec.testing
from nnspec.plugin.firstparty import DISTRIBUTIONS

ACTIVATIONS = {activation.name: activation for activation in nnspec_gelu.nnspec_activations()}
BITS = {np.float32: (24, -149), np.float64: (53, -1074)}


def exact_none(x):
    return x * mp.erfc(-x / mp.sqrt(2)) / 2 if x > -1000 else mp.mpf(0)


def exact_tanh(x):
    return x / (1 + mp.exp(-2 * mp.sqrt(2 / mp.pi) * (x + mp.mpf("0.044715") * x**3)))


def exact_sigmoid(x):
    return x / (1 + mp.exp(-mp.mpf("1.702") * x))


def exact_clipped(x, low=-10, high=10):
    return min(max(exact_none(x), mp.mpf(low)), mp.mpf(high))


CASES = [
    ("gelu_none", {}, exact_none),
    ("gelu_tanh", {}, exact_tanh),
    ("quick_gelu", {}, exact_sigmoid),
    ("gelu_10", {}, exact_clipped),
    ("gelu_10", {"min": -0.1, "max": 0.3}, lambda x: exact_clipped(x, -0.1, 0.3)),
]


@pytest.fixture(params=[np.float32, np.float64], ids=["float32", "float64"])
def dtype(request):
    return request.param


def numbers(dtype):
    """Every exponent of the type with both signs, and what lies between the tails."""
    rng = np.random.default_rng(0)
    exponents = np.arange(BITS[dtype][1], np.finfo(dtype).maxexp)
    powers = np.ldexp(1 + rng.random(exponents.size) / 2, exponents)
    ranges = [rng.uniform(0, width, 200) for width in (1, 10, 40, 110, 440)]
    with np.errstate(under="ignore"):
        positive = np.concatenate([powers, *ranges, [10.0, 38.6, 40.0, 60.0]]).astype(dtype)
    return np.concatenate([positive, -positive])


@pytest.mark.parametrize(("name", "parameters", "exact"), CASES)
def test_within_two_ulp_of_the_exact_result(name, parameters, exact, dtype):
    bits, lowest = BITS[dtype]
    x = numbers(dtype)
    y = ACTIVATIONS[name].function(x, **parameters)
    with mp.workdps(50):
        for at, got in zip(x.tolist(), y.tolist(), strict=True):
            want = exact(mp.mpf(at))
            unit = mp.mpf(2) ** max(mp.frexp(want)[1] - bits, lowest)
            assert abs(got - want) <= 2 * unit, (at, got)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_limits_zeros_and_nan_without_a_warning(name, dtype):
    x = np.array([-np.inf, -1e4, -0.0, 0.0, np.inf, np.nan], dtype)
    with np.errstate(all="raise"):
        y = ACTIVATIONS[name].function(x)
    assert y[:5].tolist() == [0, 0, 0, 0, 10 if name == "gelu_10" else np.inf]
    assert np.isnan(y[5])
    assert np.signbit(y[:4]).tolist() == [True, True, True, False]


def test_gelu_fast_differs_from_hugging_face_by_its_constant_alone():
    x = np.linspace(-5, 5, 101)
    fast = 0.5 * x * (1 + np.tanh(x * 0.7978845608 * (1 + 0.044715 * x * x)))
    difference = abs(ACTIVATIONS["gelu_tanh"].function(x) - fast).max()
    assert 1e-14 < difference < 1e-11


@pytest.mark.parametrize(("activation", "promise"), nnspec.testing.cases(nnspec_gelu))
def test_conformance(activation, promise):
    promise(activation)


def test_nnspec_says_what_to_install_for_every_name():
    names = {name for activation in ACTIVATIONS.values() for name in activation.names}
    assert {name for name, package in DISTRIBUTIONS.items() if package == "nnspec-gelu"} == names


def test_an_alias_works_in_a_spec():
    model = nnspec.loads(
        """
        nnspec: 1
        task: regression
        dtype: float64
        input: 1
        layers: [{type: activation, activation: gelu_new}]
        output: 1
        weights: {values: {output.weight: [[1.0]], output.bias: [0.0]}}
        plugins: [nnspec-gelu>=0.1]
        """
    )
    assert model([[1.0]]).tolist() == [[pytest.approx(0.8411919906082768, rel=1e-15)]]
