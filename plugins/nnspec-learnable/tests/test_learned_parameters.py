"""Where learned parameters come from, and the plugin through the front door of nnspec."""

from __future__ import annotations

import nnspec_learnable
import numpy as np
import pytest

import nnspec
import nnspec.testing
from nnspec.plugin.firstparty import DISTRIBUTIONS

ACTIVATIONS = {activation.name: activation for activation in nnspec_learnable.nnspec_activations()}
INITIAL = {
    "prelu": {"alpha": 0.25},
    "snake": {"frequency": 1.0},
    "star_relu": {"scale": 1.0, "bias": 0.0},
    "xielu": {"alpha_p": 0.8, "alpha_n": 0.8},
    "learnable_swish": {"beta": 1.0},
}
SPEC = """
nnspec: 1
task: regression
dtype: float64
input: 2
layers: [{size: 2, activation: ACTIVATION, name: a}]
output: 2
plugins: [nnspec-learnable>=0.1]
weights: {values: {a.weight: [[1, 0], [0, 1]], a.bias: [0, 0], LEARNED
                   output.weight: [[1, 0], [0, 1]], output.bias: [0, 0]}}
"""


def loads(activation, learned):
    text = SPEC.replace("ACTIVATION", activation)
    return nnspec.loads(text.replace("LEARNED", "".join(f"{one}, " for one in learned)))


def test_the_numbers_before_training_are_those_of_the_papers():
    assert {name: dict(one.learnable) for name, one in ACTIVATIONS.items()} == INITIAL


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_one_number_a_unit_is_the_same_as_units_apart(name):
    x = np.random.default_rng(0).normal(0, 3, (600, 3))
    function = ACTIVATIONS[name].function
    for dtype in (np.float32, np.float64):
        learned = {k: np.array([v, 0.7, 1.3], dtype) for k, v in INITIAL[name].items()}
        y = function(x.astype(dtype), **learned)
        assert (y.shape, y.dtype) == (x.shape, dtype)
        for unit in range(3):
            own = {k: v[unit] for k, v in learned.items()}
            apart = function(x[:, unit].astype(dtype), **own)
            assert y[:, unit].tobytes() == apart.tobytes()


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("shape", [(), (1,), (4,)])
def test_a_shared_number_may_have_any_shape(name, shape):
    x = np.random.default_rng(0).normal(0, 3, (2, 3, 4))
    one = ACTIVATIONS[name]
    learned = {k: np.full(shape, v) for k, v in INITIAL[name].items()}
    expected = one.function(x, **INITIAL[name])
    assert one.function(x, **learned).tobytes() == expected.tobytes()
    assert one.derivative(x, **learned).tobytes() == one.derivative(x, **INITIAL[name]).tobytes()
    one.inplace(x, x, **learned)
    assert x.tobytes() == expected.tobytes()


@pytest.mark.parametrize(
    ("activation", "learned", "expected"),
    [
        ("prelu", ["a.activation.alpha: [0.5, 0.1]"], [-1.0, 3.0]),
        ("{name: prelu, alpha: 0.25}", [], [-0.5, 3.0]),
        ("star_relu", ["a.activation.scale: [2]", "a.activation.bias: [1, -1]"], [1.0, 17.0]),
        ("{name: star_relu, scale: 2}", ["a.activation.bias: [1, -1]"], [1.0, 17.0]),
        ("{name: xielu, alpha_n: 0}", ["a.activation.alpha_p: [9, 2]"], [-1.0, 19.5]),
        ("{name: learnable_swish}", ["a.activation.beta: [0]"], [-1.0, 1.5]),
        ("{name: snake}", ["a.activation.frequency: [0, 0]"], [-2.0, 3.0]),
    ],
)
def test_a_spec_takes_them_from_the_weights_or_fixes_them(activation, learned, expected):
    assert loads(activation, learned)([[-2.0, 3.0]]).tolist() == [expected]


def test_a_prelu_of_pytorch_is_found_in_its_state_dict(tmp_path):
    arrays = {
        "0.weight": np.array([[1.0, 2.0], [0.0, 1.0]]),
        "0.bias": np.zeros(2),
        "1.weight": np.array([0.5]),
        "2.weight": np.array([[1.0, 3.0]]),
        "2.bias": np.zeros(1),
    }
    np.savez(tmp_path / "w.npz", **arrays)
    text = SPEC.replace("ACTIVATION", "prelu").replace("output: 2", "output: 1")
    model = nnspec.loads(text[: text.index("weights:")] + "weights: w.npz", folder=tmp_path)
    assert model([[-1.0, -1.0]]).tolist() == [[-3.0]]  # −3/2 and −1/2, times 1 and 3


def test_the_parameters_of_a_checkpoint_of_xielu_convert_as_its_docstring_says():
    """Hugging Face stores log(exp(0.8) − 1) and log(exp(0.8 − 0.5) − 1) before training."""
    stored_p, stored_n = np.log(np.expm1(0.8)), np.log(np.expm1(0.3))
    alpha_p, alpha_n = np.logaddexp(0, stored_p), 0.5 + np.logaddexp(0, stored_n)
    assert (alpha_p, alpha_n) == pytest.approx((0.8, 0.8), rel=1e-14)


@pytest.mark.parametrize(("activation", "promise"), nnspec.testing.cases(nnspec_learnable))
def test_conformance(activation, promise):
    promise(activation)


def test_nnspec_says_what_to_install_for_every_name():
    names = {name for activation in ACTIVATIONS.values() for name in activation.names}
    named = {name for name, package in DISTRIBUTIONS.items() if package == "nnspec-learnable"}
    assert named == names
