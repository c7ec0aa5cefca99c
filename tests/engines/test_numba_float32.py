"""The forms in single precision as machine code: 2 ulp over the whole range of float32."""

from __future__ import annotations

import ctypes

import numpy as np
import pytest

from nnspec.plugin.manager import load_plugins

pytest.importorskip("numba", reason="`make peers` runs this, with numba")
from nnspec.engines.numba.assemble import address, prepare
from nnspec.engines.numba.functions import recipe
from nnspec.engines.numba.machine import machine
from nnspec.ops.activate import ACTIVATE
from nnspec.plan import Step

STRIDE = 4093
"""Every so many floats are tried: 1,050,000, of which every exponent has 2,000."""
LARGEST = float(np.finfo(np.float32).max)
BEYOND = 2.0**128
"""What stands for infinity: the next number if float32 had one."""
CALL = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_int64] * 6)
VARIANTS = {
    "gelu": [{"approximate": "tanh"}, {"approximate": "sigmoid"}],
    "gelu_10": [{"min": -0.1, "max": 6.0}],
    "silu": [{"beta": 0.0}, {"beta": 1.7}, {"beta": 0.1}, {"beta": -1.1}, {"beta": 1e-3}],
    "elu": [{"alpha": 0.7}],
    "selu": [{"alpha": 1.6, "scale": 1.1}],
    "leaky_relu": [{"negative_slope": 0.3}, {"negative_slope": -0.25}],
    "rrelu": [{"lower": 0.1, "upper": 0.3}],
    "hard_tanh": [{"min": -0.1, "max": 0.3}],
    "hard_shrink": [{"lambd": 0.1}],
}
FORMS = [
    (activation, given)
    for activation in load_plugins().activations.values()
    if activation.scalar_float32 and not activation.rowwise
    for given in ({}, *VARIANTS.get(activation.name, []))
]
ROWWISE = [one for one in load_plugins().activations.values() if one.rowwise and not one.width]


@pytest.fixture(autouse=True, scope="module")
def _prepared(own_cache):
    # At once: each time takes a process of its own.
    prepare(made(*form) for form in (*FORMS, *((one, {}) for one in ROWWISE)))


def made(activation, parameters):
    settings = {"activation": activation, "parameters": activation.complete(parameters)}
    return recipe(Step(ACTIVATE, settings, ((0, 1),), (1, 1), "y"), np.dtype(np.float32))


def run(place, x):
    y, status = x.copy(), np.zeros(2, np.int64)
    here = status.ctypes.data
    assert CALL(place)(here, here + 8, y.ctypes.data, 1, len(y), len(y)) == 0
    return y


@pytest.mark.skipif(not machine().fma, reason="without fused multiply-add double is taken")
@pytest.mark.parametrize(
    ("activation", "given"), FORMS, ids=lambda one: getattr(one, "name", None) or str(one)
)
def test_a_form_in_single_precision_is_within_2_ulp_of_the_function_in_double(activation, given):
    form = made(activation, given)
    assert form.single
    place = address(form)
    bits = np.arange(0, 1 << 32, STRIDE, dtype=np.uint64).astype(np.uint32)
    for block in np.array_split(bits.view(np.float32), 16):
        x = np.ascontiguousarray(block[np.isfinite(block)])
        came = run(place, x)
        with np.errstate(all="ignore"):
            exact = np.clip(activation.function(x.astype(np.float64), **given), -BEYOND, BEYOND)
            ulp = np.spacing(np.minimum(np.abs(exact), LARGEST).astype(np.float32))
        came = np.clip(came.astype(np.float64), -BEYOND, BEYOND)
        assert (np.abs(came - exact) <= 2.0 * ulp).all()


@pytest.mark.parametrize(("activation", "given"), FORMS, ids=str)
def test_zeros_infinities_and_nan_are_the_functions_own(activation, given):
    x = np.array([0.0, -0.0, np.inf, -np.inf, np.nan], np.float32)
    came = run(address(made(activation, given)), x)
    expected = activation.function(x, **given)
    assert np.array_equal(came, expected, equal_nan=True)
    assert np.array_equal(np.signbit(came[:4]), np.signbit(expected[:4]))


@pytest.mark.parametrize("width", [1, 2, 10, 16, 37, 1000])
@pytest.mark.parametrize("spread", [0.01, 3, 100])
@pytest.mark.parametrize("activation", ROWWISE, ids=lambda one: one.name)
def test_a_function_of_rows_is_within_2_ulp(activation, width, spread):
    x = np.random.default_rng(width).normal(0, spread, (200, width)).astype(np.float32)
    came, status = x.copy(), np.zeros(2, np.int64)
    here = status.ctypes.data
    place = address(made(activation, {}))
    CALL(place)(here, here + 8, came.ctypes.data, len(x), width, width)
    exact = activation.function(x.astype(np.float64))
    ulp = np.spacing(np.abs(exact).astype(np.float32)).astype(np.float64)
    assert (np.abs(came - exact) <= 2 * ulp).all()


@pytest.mark.parametrize("activation", ROWWISE, ids=lambda one: one.name)
def test_infinities_and_nan_in_a_row_are_the_functions_own(activation):
    x = np.array(
        [
            [np.inf, 1, -np.inf, np.inf, 2, 0, -0.0, 3],
            [-np.inf] * 8,
            [np.inf] * 8,
            [np.nan, 1, 2, 3, 4, 5, 6, 7],
            [0, 1, 2, 3, 4, 5, np.nan, 7],
            [-0.0, 0, -0.0, 0, 0, 0, 0, 0],
        ],
        np.float32,
    )
    came, status = x.copy(), np.zeros(2, np.int64)
    here = status.ctypes.data
    CALL(address(made(activation, {})))(here, here + 8, came.ctypes.data, 6, 8, 8)
    near = 2 * np.finfo(np.float32).eps
    np.testing.assert_allclose(came, activation.function(x), rtol=near)


def test_a_parameter_that_the_form_does_not_take_calls_for_double_precision():
    softplus = load_plugins().activations["softplus"]
    assert made(softplus, {"beta": 1.0}).single == machine().fma
    assert not made(softplus, {"beta": 2.0}).single
