"""Activations whose parameters are learned, and such as change the number of features."""

from __future__ import annotations

import numpy as np
import pytest

import nnspec

PLUGIN = """
import numpy as np
import nnspec

def bend(x, alpha):
    return np.where(x >= 0, x, (alpha * x).astype(x.dtype))

def gate(x):
    left, right = np.split(x, 2, axis=-1)
    return left * right

def half(size):
    if size % 2:
        raise ValueError(f"{size} features cannot be halved")
    return size // 2

@nnspec.hookimpl
def nnspec_activations():
    alpha = {"type": "number", "description": "The slope below zero"}
    return [
        nnspec.Activation("bend", bend, parameters={"alpha": alpha}, learnable={"alpha": 0.25}),
        nnspec.Activation("gate", gate, rowwise=True, width=half),
    ]
"""

SPEC = """
nnspec: 1
task: regression
dtype: float64
input: 2
layers:
  - {size: 2, activation: ACTIVATION, name: d}
output: SIZE
weights: WEIGHTS
"""
EYE = "d.weight: [[1, 0], [0, 1]], d.bias: [0, 0]"


@pytest.fixture
def load(tmp_path):
    (tmp_path / "mine.py").write_text(PLUGIN)

    def loads(activation, weights, size=2):
        text = SPEC.replace("ACTIVATION", activation).replace("WEIGHTS", weights)
        text = text.replace("SIZE", str(size))
        return nnspec.loads(text, folder=tmp_path, plugins=[str(tmp_path / "mine.py")])

    return loads


def values(learned, out="output.weight: [[1, 0], [0, 1]], output.bias: [0, 0]"):
    return f"{{values: {{{EYE}, {learned}{out}}}}}"


@pytest.mark.parametrize(
    ("alpha", "expected"),
    [("[0.5, 0.1]", [-1.0, -0.2]), ("[0.5]", [-1.0, -1.0])],
    ids=["one per unit", "one for all"],
)
def test_a_learned_parameter_comes_from_the_weights(load, alpha, expected):
    model = load("bend", values(f"d.activation.alpha: {alpha}, "))
    np.testing.assert_allclose(model([[-2.0, -2.0]]), [expected], rtol=1e-15)


def test_a_parameter_that_the_spec_fixes_is_no_weight(load):
    model = load("{name: bend, alpha: 0.5}", values(""))
    np.testing.assert_array_equal(model([[-2.0, 2.0]]), [[-1.0, 2.0]])


def test_a_learned_parameter_that_is_missing_is_named_with_its_shape(load):
    with pytest.raises(nnspec.SpecError, match=r"d\.activation\.alpha, an array of shape \(2,\)"):
        load("bend", values(""))


def test_an_initialiser_gives_it_the_number_before_training(load):
    model = load("bend", "{init: glorot_uniform, seed: 1}")
    np.testing.assert_array_equal(model.loaded.arrays["d.activation.alpha"], [0.25, 0.25])


@pytest.mark.parametrize("alpha", [[0.5], [0.5, 0.1]])
def test_a_prelu_of_a_pytorch_file_is_a_module_of_its_own(load, tmp_path, alpha):
    arrays = {
        "0.weight": np.array([[1.0, 2.0], [0.0, 1.0]]),
        "0.bias": np.zeros(2),
        "1.weight": np.array(alpha),
        "2.weight": np.array([[1.0, 3.0]]),
        "2.bias": np.zeros(1),
    }
    np.savez(tmp_path / "w.npz", **arrays)
    model = load("bend", "w.npz", size=1)
    a = np.array([-1.0, -1.0]) @ arrays["0.weight"].T
    z = np.where(a >= 0, a, a * np.array(alpha))
    np.testing.assert_allclose(model([[-1.0, -1.0]]), [[z[0] + 3 * z[1]]], rtol=1e-15)


def test_an_activation_may_let_fewer_features_out(load):
    model = load("gate", f"{{values: {{{EYE}, output.weight: [[10]], output.bias: [0]}}}}", size=1)
    np.testing.assert_array_equal(model([[2.0, 3.0], [4.0, 5.0]]), [[60.0], [200.0]])
    assert [layer.size_out for layer in model.spec.layers] == [1]


def test_a_width_that_does_not_fit_is_an_error_at_the_activation(tmp_path, load):
    text = SPEC.replace("size: 2, activation: ACTIVATION", "size: 3, activation: gate")
    text = text.replace("WEIGHTS", "{init: zeros}").replace("SIZE", "2")
    with pytest.raises(nnspec.SpecError) as error:
        nnspec.loads(text, plugins=[str(tmp_path / "mine.py")])
    (fault,) = error.value.diagnostics
    assert (fault.line, fault.column, fault.code) == (7, 27, "size-mismatch")
    assert "3 features cannot be halved" in fault.message


def test_the_same_bits_alone_and_in_a_batch(load):
    model = load("bend", values("d.activation.alpha: [0.3, 0.7], "))
    x = np.random.default_rng(0).standard_normal((300, 2))
    assert np.concatenate([model(row[None]) for row in x]).tobytes() == model(x).tobytes()
