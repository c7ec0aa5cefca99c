"""mish and hard_mish against mpmath, and the plugin through the front door."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from mpmath import mp

import nnspec
import nnspec.testing

sys.path.insert(0, str(Path(__file__).parents[1]))
import nnspec_mish

ACTIVATIONS = {activation.name: activation for activation in nnspec_mish.nnspec_activations()}
BITS = {np.float32: (24, -149), np.float64: (53, -1074)}


def exact_mish(x):
    e = mp.exp(x)
    return x * e * (e + 2) / (e * (e + 2) + 2)


def exact_hard_mish(x):
    return x / 2 * min(max(x + 2, mp.mpf(0)), mp.mpf(2))


@pytest.fixture(params=[np.float32, np.float64], ids=["float32", "float64"])
def dtype(request):
    return request.param


@pytest.fixture(params=[("mish", exact_mish), ("hard_mish", exact_hard_mish)], ids=lambda p: p[0])
def case(request):
    name, exact = request.param
    return ACTIVATIONS[name].function, exact


def numbers(dtype):
    """Every exponent of the type with both signs, and what lies between the tails."""
    rng = np.random.default_rng(0)
    exponents = np.arange(BITS[dtype][1], np.finfo(dtype).maxexp)
    powers = np.ldexp(1 + rng.random(exponents.size) / 2, exponents)
    ranges = [rng.uniform(0, width, 300) for width in (1, 3, 40, 110, 760)]
    with np.errstate(under="ignore"):
        positive = np.concatenate([powers, *ranges, [2.0, 20.0, 40.0]]).astype(dtype)
    return np.concatenate([positive, -positive])


def test_within_two_ulp_of_the_exact_result(case, dtype):
    function, exact = case
    bits, lowest = BITS[dtype]
    x = numbers(dtype)
    with mp.workprec(200):
        for at, got in zip(x.tolist(), function(x).tolist(), strict=True):
            want = exact(mp.mpf(at))
            unit = mp.mpf(2) ** max(mp.frexp(want)[1] - bits, lowest)
            assert abs(got - want) <= 2 * unit, (at, got)


def test_limits_zeros_and_nan_without_a_warning(case, dtype):
    function, _ = case
    x = np.array([-np.inf, -1e4, -0.0, 0.0, np.inf, np.nan], dtype)
    with np.errstate(all="raise"):
        y = function(x)
    assert y[:5].tolist() == [0, 0, 0, 0, np.inf]
    assert np.isnan(y[5])
    assert np.signbit(y[:4]).tolist() == [True, True, True, False]


@pytest.mark.parametrize(("activation", "promise"), nnspec.testing.cases(nnspec_mish))
def test_conformance(activation, promise):
    promise(activation)


def test_nnspec_takes_the_module_as_a_plugin(monkeypatch):
    monkeypatch.setenv("NNSPEC_DISABLE_PLUGIN_AUTOLOAD", "1")
    mish = nnspec.activation("mish", plugins=[str(Path(nnspec_mish.__file__))])
    assert mish([1.0]).tolist() == pytest.approx([0.8650983882673103], rel=1e-15)
