"""What every built-in activation promises beside its values: shape, layout, NaN, silence, order."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec.plugin.manager import load_plugins

REGISTRY = load_plugins()
BUILT_IN = [
    activation
    for name, activation in REGISTRY.activations.items()
    if REGISTRY.origins["activation", name].name == "nnspec"
]
HARD = [0.0, -0.0, 1e-45, -1e-45, 1e-40, 0.3, -0.3, 1, -1, 3, -3, 30, -30, 90, -90, 104, -104]
HARD += [1e4, -1e4, 3e38, -3e38, np.inf, -np.inf, np.nan]
HARD64 = [*HARD, 5e-324, -5e-324, 1e-310, -710, -745, -760, 710, 1e308, -1e308]


REQUIRED = {"threshold": {"threshold": 0.1, "value": -2.0}}


def complete(activation):
    return activation.complete(REQUIRED.get(activation.name, {}))


def hard(dtype):
    return np.array(HARD if dtype == np.float32 else HARD64, dtype)


def bits(array):
    """The bytes of an array, with every NaN made the same one."""
    array = np.array(array)
    array[np.isnan(array)] = np.nan
    return array.tobytes()


@pytest.fixture(params=BUILT_IN, ids=lambda activation: activation.name)
def activation(request):
    return request.param


def those(**wanted):
    """Narrow a test to the activations that have, or have not, what is named."""
    chosen = [
        activation
        for activation in BUILT_IN
        if all(bool(getattr(activation, name)) == value for name, value in wanted.items())
    ]
    return pytest.mark.parametrize("activation", chosen, ids=lambda activation: activation.name)


@pytest.fixture(params=[np.float32, np.float64], ids=["float32", "float64"])
def dtype(request):
    return request.param


@pytest.fixture
def function(activation):
    parameters = complete(activation)
    return lambda x: activation.function(x, **parameters)


@pytest.mark.parametrize("shape", [(), (0,), (1,), (0, 4), (3, 4), (2, 3, 4)])
def test_shape_and_dtype_are_kept(function, dtype, shape):
    x = np.random.default_rng(0).normal(0, 3, shape).astype(dtype)
    y = function(x)
    assert isinstance(y, np.ndarray)
    assert (y.shape, y.dtype) == (shape, dtype)
    assert not np.shares_memory(x, y)


def test_layout_does_not_change_a_bit(function, dtype):
    """Strided, reversed, Fortran-ordered and unaligned inputs give what a plain one gives."""
    x = np.random.default_rng(0).normal(0, 30, (6, 8)).astype(dtype)
    expected = bits(function(x))
    wide = np.zeros((12, 24), dtype)
    wide[::2, ::3] = x
    backwards = np.ascontiguousarray(x[::-1, ::-1])[::-1, ::-1]
    raw = bytearray(b"\0" + x.tobytes())
    unaligned = np.frombuffer(raw, np.uint8)[1:].view(dtype).reshape(x.shape)
    for same in (wide[::2, ::3], backwards, np.asfortranarray(x), unaligned):
        assert bits(function(same)) == expected


def test_a_read_only_input_is_not_written_to(function, dtype):
    x = hard(dtype).reshape(-1, 1)
    before = x.tobytes()
    x.flags.writeable = False
    function(x)
    assert x.tobytes() == before


def test_never_a_warning(activation, dtype):
    """No overflow, underflow, division by zero or invalid operation, even where each raises."""
    parameters = complete(activation)
    x = hard(dtype)
    if activation.rowwise:
        x = np.stack([x, x[::-1]])
        x = np.concatenate([x, np.nan_to_num(x)])
    with np.errstate(all="raise"):
        activation.function(x, **parameters)
        if activation.derivative:
            activation.derivative(x, **parameters)
        if activation.inplace:
            activation.inplace(x.copy(), np.empty_like(x), **parameters)


def test_nan_in_nan_out_and_nowhere_else(activation, function, dtype):
    if activation.rowwise:
        x = np.array([[1, np.nan], [1, 2]], dtype)
        assert np.isnan(function(x)).tolist() == [[True, True], [False, False]]
        return
    x = hard(dtype)
    if activation.name in ("sine", "cosine"):
        assert np.isnan(function(np.array([np.inf, -np.inf], dtype))).all()
        x = x[~np.isinf(x)]
    assert np.isnan(function(x)).tolist() == np.isnan(x).tolist()
    if activation.derivative:
        slope = activation.derivative(x, **complete(activation))
        assert np.isnan(slope).tolist() == np.isnan(x).tolist()


@those(rowwise=False)
def test_the_sign_of_zero_is_kept_where_the_values_change_sign(function, dtype):
    tiny, zero, minus = function(np.array([-1e-30, 0.0, -0.0], dtype))
    if tiny < 0 and zero == 0:
        assert [np.signbit(zero), np.signbit(minus)] == [False, True]


def test_relu_gives_plus_zero_for_either_zero(dtype):
    relu = REGISTRY.activations["relu"].function
    assert np.signbit(relu(np.array([0.0, -0.0, -1.0], dtype))).tolist() == [False, False, False]


def test_a_number_does_not_depend_on_its_neighbours(activation, function, dtype):
    """The same bits alone, at every place of every length, and beside infinities and NaN."""
    values = np.concatenate([hard(dtype), np.random.default_rng(1).normal(0, 20, 40).astype(dtype)])
    if activation.rowwise:
        rows = np.stack([np.roll(values[-40:], k)[:13] for k in range(40)])
        together = function(rows)
        for length in (1, 2, 7):
            for start in range(40 - length):
                part = function(rows[start : start + length])
                assert bits(part) == bits(together[start : start + length])
        return
    alone = [function(np.array([value], dtype))[0] for value in values]
    rng = np.random.default_rng(2)
    for length in (2, 3, 5, 8, 17, 33, 4097):
        order = rng.integers(0, len(values), length)
        got = function(values[order])
        assert bits(got) == bits(np.array(alone, dtype)[order])


@those(inplace=True)
def test_in_place_gives_the_same_bits(activation, dtype):
    parameters = complete(activation)
    x = np.random.default_rng(3).normal(0, 20, (700, 9)).astype(dtype)
    expected = bits(activation.function(x, **parameters))
    other, same, strided = np.empty_like(x), x.copy(), np.empty((9, 700), dtype).T
    activation.inplace(x, other, **parameters)
    activation.inplace(same, same, **parameters)
    activation.inplace(x, strided, **parameters)
    assert bits(other) == bits(same) == bits(np.ascontiguousarray(strided)) == expected


@those(derivative=True)
def test_the_derivative_is_the_slope(activation):
    """Against central differences with steps of 1e-6, away from kinks."""
    parameters = complete(activation)
    x = np.random.default_rng(4).uniform(-8, 8, 500)
    y = [activation.function(x + h, **parameters) for h in (1e-6, -1e-6)]
    slope = activation.derivative(x, **parameters)
    assert slope.shape == x.shape
    np.testing.assert_allclose(slope, (y[0] - y[1]) / 2e-6, rtol=1e-6, atol=3e-9)


@those(keeps_order=True)
def test_what_says_it_keeps_the_order_does(function, dtype):
    x = np.sort(np.random.default_rng(5).normal(0, 10, 2000).astype(dtype))
    assert np.all(np.diff(function(x)) >= 0)


def test_documentation_is_complete(activation):
    assert activation.summary.endswith(".")
    assert activation.formula
    assert activation.source
    assert activation.range
    for name, schema in activation.parameters.items():
        assert {"type", "title", "description"} <= set(schema), name
