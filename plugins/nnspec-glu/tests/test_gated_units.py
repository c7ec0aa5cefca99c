"""The gated units against mpmath, at values and gates of every size."""

from __future__ import annotations

import nnspec_glu
import numpy as np
import pytest
from mpmath import mp

ACTIVATIONS = {activation.name: activation for activation in nnspec_glu.nnspec_activations()}
BITS = {np.float32: (24, -149), np.float64: (53, -1074)}


def sigma(x):
    return 1 / (1 + mp.exp(-x))


def phi(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2 if x > -1000 else mp.mpf(0)


def gelu_tanh(x):
    return x * sigma(2 * mp.sqrt(2 / mp.pi) * (x + mp.mpf("0.044715") * x**3))


GATES = [
    ("glu", {}, sigma),
    ("swiglu", {}, lambda x: x * sigma(x)),
    ("swiglu", {"beta": 1.7}, lambda x: x * sigma(mp.mpf(1.7) * x)),
    ("swiglu", {"beta": -0.3}, lambda x: x * sigma(mp.mpf(-0.3) * x)),
    ("swiglu", {"beta": 0.0}, lambda x: x / 2),
    ("swiglu", {"beta": 1e-250}, lambda x: x * sigma(mp.mpf(1e-250) * x)),
    ("geglu", {}, lambda x: x * phi(x)),
    ("geglu", {"approximate": "tanh"}, gelu_tanh),
    ("reglu", {}, lambda x: max(x, mp.mpf(0))),
    ("bilinear", {}, lambda x: x),
]


@pytest.fixture(params=[np.float32, np.float64], ids=["float32", "float64"])
def dtype(request):
    return request.param


def pairs(dtype):
    """Values of every exponent beside ordinary gates, gates of every exponent, both large."""
    rng = np.random.default_rng(0)
    exponents = np.arange(BITS[dtype][1], np.finfo(dtype).maxexp)

    def sized(exponents):
        return rng.choice([-1, 1], exponents.size) * np.ldexp(
            1 + rng.random(exponents.size), exponents
        )

    spread = [rng.uniform(-width, width, 300) for width in (1, 10, 60, 210, 1500)]
    gates = np.concatenate([*spread, [-1453.0, -1000.0, -53.0, 0.5]])
    large = np.ldexp(1 + rng.random(gates.size), exponents[-1])
    values = [sized(exponents), sized(rng.permutation(exponents)), large]
    ordinary = rng.uniform(-40, 40, exponents.size)
    beside = [ordinary, sized(exponents), gates]
    value, gate = np.concatenate(values), np.concatenate(beside)
    with np.errstate(under="ignore", over="ignore"):
        x = np.stack([value, gate], axis=1).astype(dtype)
    return x[np.isfinite(x).all(axis=1)]


@pytest.mark.parametrize(("name", "parameters", "exact"), GATES)
def test_within_two_ulp_of_the_exact_product(name, parameters, exact, dtype):
    bits, lowest = BITS[dtype]
    x = pairs(dtype)
    y = ACTIVATIONS[name].function(x, **parameters)
    with mp.workdps(50):
        beyond = mp.mpf(2) ** np.finfo(dtype).maxexp
        for (value, gate), got in zip(x.tolist(), y[:, 0].tolist(), strict=True):
            want = mp.mpf(value) * exact(mp.mpf(gate))
            if abs(want) >= beyond:
                assert got == float(mp.sign(want)) * np.inf, (value, gate)
                continue
            unit = mp.mpf(2) ** max(mp.frexp(want)[1] - bits, lowest)
            assert abs(min(max(got, -beyond), beyond) - want) <= 2 * unit, (value, gate, got)


@pytest.mark.parametrize(("name", "parameters", "exact"), GATES)
def test_gate_first_is_the_other_half(name, parameters, exact, dtype):
    x = np.random.default_rng(0).normal(0, 3, (5, 8)).astype(dtype)
    swapped = np.concatenate([x[:, 4:], x[:, :4]], axis=1)
    function = ACTIVATIONS[name].function
    first = function(swapped, gate="first", **parameters)
    np.testing.assert_array_equal(first, function(x, **parameters))


LIMITS = [
    ("glu", 3.0, np.inf, 3.0),
    ("glu", 3.0, -np.inf, 0.0),
    ("glu", np.inf, -np.inf, np.nan),
    ("glu", -np.inf, -800.0, -np.inf),
    ("glu", np.nan, -np.inf, np.nan),
    ("glu", 0.0, np.nan, np.nan),
    ("swiglu", 2.0, -np.inf, -0.0),
    ("swiglu", 2.0, np.inf, np.inf),
    ("swiglu", 0.0, np.inf, np.nan),
    ("swiglu", np.inf, 0.0, np.nan),
    ("swiglu", np.inf, -np.inf, np.nan),
    ("geglu", np.inf, -50.0, -np.inf),
    ("geglu", -2.0, -np.inf, 0.0),
    ("geglu", 1e-45, np.inf, np.inf),
    ("reglu", np.inf, -1.0, np.nan),
    ("reglu", 2.0, -np.inf, 0.0),
    ("bilinear", np.inf, 0.0, np.nan),
    ("bilinear", np.inf, -1.0, -np.inf),
]


@pytest.mark.parametrize(("name", "value", "gate", "expected"), LIMITS)
def test_infinities_and_nan_without_a_warning(name, value, gate, expected, dtype):
    with np.errstate(all="raise"):
        y = ACTIVATIONS[name].function(np.array([[value, gate]], dtype))
    np.testing.assert_array_equal(y, np.array([[expected]], dtype))
    assert np.isnan(expected) or np.signbit(y[0, 0]) == np.signbit(expected)
