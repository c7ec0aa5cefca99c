"""Each layer kind against its formula, written out here by itself in NumPy or mpmath."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
import yaml

import nnspec
from nnspec.plugin.manager import load_plugins

LAYERS = load_plugins().layers
rng = np.random.default_rng(5)
X = rng.standard_normal((6, 4)) * 3 + 1
ARRAYS = {name: rng.standard_normal(4) for name in ("gamma", "beta", "mean", "scale", "shift")}
ARRAYS |= {"variance": rng.random(4) + 0.1}


def layer(*layers, size=4, dtype="float64", optimize=True, **arrays):
    """Run layers on X and give what leaves them: the output layer is the identity matrix."""
    values = {f"output.{k}": v for k, v in {"weight": np.eye(size), "bias": np.zeros(size)}.items()}
    values = {k: np.asarray(v).tolist() for k, v in {**values, **arrays}.items()}
    spec = {
        "nnspec": 1,
        "task": "regression",
        "dtype": dtype,
        "input": 4,
        "layers": list(layers),
        "output": size,
        "weights": {"values": values},
    }
    return nnspec.loads(yaml.safe_dump(spec), optimize=optimize)(X.astype(dtype))


def named(prefix, *names):
    return {f"{prefix}1.{name}": ARRAYS[name] for name in names}


def test_dense_is_h_of_the_product_plus_the_bias():
    weight, bias = rng.standard_normal((4, 3)), rng.standard_normal(3)
    arrays = {"dense1.weight": weight, "dense1.bias": bias}
    y = layer({"size": 3, "activation": "tanh"}, size=3, **arrays)
    np.testing.assert_allclose(y, np.tanh(X @ weight + bias), rtol=1e-12)


def test_dense_without_a_bias_adds_none():
    weight = rng.standard_normal((4, 3))
    y = layer({"size": 3, "bias": False}, size=3, **{"dense1.weight": weight})
    np.testing.assert_allclose(y, X @ weight, rtol=1e-12)


@pytest.mark.parametrize("optimize", [True, False])
@pytest.mark.parametrize("center", [True, False])
@pytest.mark.parametrize("scale", [True, False])
@pytest.mark.parametrize("epsilon", [None, 0.5])
def test_batchnorm_uses_the_statistics_of_the_training(optimize, center, scale, epsilon):
    own = {"type": "batchnorm", "center": center, "scale": scale}
    own |= {} if epsilon is None else {"epsilon": epsilon}
    names = ["mean", "variance", *["gamma"] * scale, *["beta"] * center]
    y = layer(own, optimize=optimize, **named("batchnorm", *names))
    expected = (X - ARRAYS["mean"]) / np.sqrt(ARRAYS["variance"] + (epsilon or 1e-3))
    expected = expected * (ARRAYS["gamma"] if scale else 1) + (ARRAYS["beta"] if center else 0)
    np.testing.assert_allclose(y, expected, rtol=1e-11, atol=1e-13)


def normal(row, *, center, epsilon):
    with mpmath.workdps(50):
        x = [mpmath.mpf(float(v)) for v in row]
        mean = mpmath.fsum(x) / len(x) if center else 0
        x = [v - mean for v in x]
        root = mpmath.sqrt(mpmath.fsum(v * v for v in x) / len(x) + mpmath.mpf(epsilon))
        return [float(v / root) for v in x]


@pytest.mark.parametrize("center", [True, False])
@pytest.mark.parametrize("scale", [True, False])
@pytest.mark.parametrize("epsilon", [None, 0.5])
def test_layernorm_takes_mean_and_variance_of_each_row(center, scale, epsilon):
    own = {"type": "layernorm", "center": center, "scale": scale}
    own |= {} if epsilon is None else {"epsilon": epsilon}
    y = layer(own, **named("layernorm", *["gamma"] * scale, *["beta"] * center))
    expected = np.array([normal(row, center=True, epsilon=epsilon or 1e-5) for row in X])
    expected = expected * (ARRAYS["gamma"] if scale else 1) + (ARRAYS["beta"] if center else 0)
    np.testing.assert_allclose(y, expected, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("scale", [True, False])
@pytest.mark.parametrize("epsilon", [None, 0.5])
def test_rmsnorm_takes_the_root_of_the_mean_square_of_each_row(scale, epsilon):
    own = {"type": "rmsnorm", "scale": scale}
    own |= {} if epsilon is None else {"epsilon": epsilon}
    y = layer(own, **named("rmsnorm", *["gamma"] * scale))
    expected = np.array([normal(row, center=False, epsilon=epsilon or 1e-6) for row in X])
    np.testing.assert_allclose(y, expected * (ARRAYS["gamma"] if scale else 1), rtol=1e-12)


def test_affine_multiplies_and_adds_by_feature():
    y = layer({"type": "affine"}, **named("affine", "scale", "shift"))
    np.testing.assert_allclose(y, X * ARRAYS["scale"] + ARRAYS["shift"], rtol=1e-12)


@pytest.mark.parametrize("optimize", [True, False])
def test_dropout_does_nothing_at_inference(optimize):
    np.testing.assert_array_equal(layer({"type": "dropout", "rate": 0.9}, optimize=optimize), X)


def test_activation_applies_its_function_with_its_parameters():
    y = layer({"type": "activation", "activation": {"name": "leaky_relu", "negative_slope": 0.25}})
    np.testing.assert_array_equal(y, np.where(X > 0, X, 0.25 * X))


def test_softmax_works_by_row():
    y = layer({"type": "activation", "activation": "softmax"})
    np.testing.assert_allclose(y, np.exp(X) / np.exp(X).sum(axis=1, keepdims=True), rtol=1e-13)


@pytest.mark.parametrize("optimize", [True, False])
def test_residual_adds_what_went_in(optimize):
    weight = rng.standard_normal((4, 4))
    inner = {"size": 4, "activation": "tanh", "bias": False, "name": "inner"}
    y = layer(
        {"type": "residual", "layers": [inner]}, optimize=optimize, **{"inner.weight": weight}
    )
    np.testing.assert_allclose(y, X + np.tanh(X @ weight), rtol=1e-12)


@pytest.mark.parametrize("optimize", [True, False])
def test_concat_puts_what_went_in_on_the_left(optimize):
    weight = rng.standard_normal((4, 2))
    inner = {"size": 2, "bias": False, "name": "inner"}
    y = layer(
        {"type": "concat", "layers": [inner]}, size=6, optimize=optimize, **{"inner.weight": weight}
    )
    np.testing.assert_allclose(y, np.hstack([X, X @ weight]), rtol=1e-12)


def test_residual_of_a_concat_of_a_dropout_nests():
    inner = {"type": "concat", "layers": [{"type": "dropout"}]}
    half = {"size": 4, "bias": False, "name": "half"}
    weight = np.vstack([np.eye(4), -np.eye(4)])
    y = layer({"type": "residual", "layers": [inner, half]}, **{"half.weight": weight})
    np.testing.assert_array_equal(y, X)


def test_a_residual_says_why_sizes_do_not_fit():
    with pytest.raises(ValueError, match="4 features go in and 3 come out"):
        LAYERS["residual"].size({}, 4, 3)


@pytest.mark.parametrize("kind", sorted(LAYERS))
def test_every_key_of_a_layer_tells_an_editor_what_it_is(kind):
    own = LAYERS[kind]
    assert own.title
    assert own.description.endswith(".")
    for key, fragment in own.properties.items():
        if "$ref" not in fragment:
            assert fragment["title"], key
            assert fragment["description"].endswith("."), key
            assert ("default" in fragment) != (key in own.required), key


@pytest.mark.parametrize("kind", sorted(LAYERS))
def test_every_parameter_has_a_shape_of_whole_numbers_and_an_initial_value(kind):
    own = LAYERS[kind]
    defaults = {k: f["default"] for k, f in own.properties.items() if "default" in f}
    for parameter in own.parameters({**defaults, "size": 7}, 4) if own.parameters else []:
        assert parameter.shape in {(4,), (7,), (4, 7)}
        assert parameter.initial in {"random", 0.0, 1.0}


def test_a_float32_network_stays_within_rounding_of_float64():
    arrays = named("batchnorm", "mean", "variance", "gamma", "beta")
    single, double = (
        layer({"type": "batchnorm"}, dtype=d, **arrays) for d in ("float32", "float64")
    )
    assert single.dtype == np.float32
    np.testing.assert_allclose(single, double, rtol=1e-5, atol=1e-5)
