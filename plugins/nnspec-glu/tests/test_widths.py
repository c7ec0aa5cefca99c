"""How many features leave a gated unit or a maxout, and the plugin through the front door."""

from __future__ import annotations

import nnspec_glu
import numpy as np
import pytest

import nnspec
import nnspec.testing
from nnspec.plugin.firstparty import DISTRIBUTIONS

ACTIVATIONS = {activation.name: activation for activation in nnspec_glu.nnspec_activations()}
SHAPES = [(0, 4), (4,), (3, 4), (2, 3, 8)]
SPEC = """
nnspec: 1
task: regression
dtype: float64
input: 1
layers: [{size: SIZE, activation: ACTIVATION, name: a}]
output: 1
plugins: [nnspec-glu>=0.1]
weights: {values: {a.weight: [[1, 2, 3, -4]], a.bias: [0, 0, 0, 0],
                   output.weight: [[1], [10]], output.bias: [0]}}
"""


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_half_of_the_last_axis_leaves(name, shape, dtype):
    y = ACTIVATIONS[name].function(np.ones(shape, dtype))
    assert (y.shape, y.dtype) == ((*shape[:-1], shape[-1] // 2), dtype)
    assert ACTIVATIONS[name].width(shape[-1]) == shape[-1] // 2


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_row_has_the_same_bits_alone_in_a_batch_and_in_any_layout(name):
    x = np.random.default_rng(0).normal(0, 30, (600, 10))
    function = ACTIVATIONS[name].function
    together = function(x).tobytes()
    assert np.concatenate([function(row[None]) for row in x]).tobytes() == together
    assert function(np.asfortranarray(x)).tobytes() == together
    assert function(np.repeat(x, 2, axis=0)[::2]).tobytes() == together


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_input_is_left_alone(name):
    x = np.arange(8.0)
    x.flags.writeable = False
    y = ACTIVATIONS[name].function(x)
    assert not np.shares_memory(x, y)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("x", [np.ones((2, 5)), np.array(1.0)])
def test_what_cannot_be_divided_is_refused_with_the_number(name, x):
    with pytest.raises(ValueError, match=f"{x.shape[-1] if x.ndim else 1} features cannot be"):
        ACTIVATIONS[name].function(x)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_pieces_of_a_maxout_stand_side_by_side(dtype):
    maxout = ACTIVATIONS["maxout"].function
    x = np.array([[1, 7, 2, -5, -3, -4], [-np.inf, 0, np.inf, np.nan, 1, 2]], dtype)
    np.testing.assert_array_equal(maxout(x, pieces=3), [[7, -3], [np.inf, np.nan]])
    np.testing.assert_array_equal(maxout(x, pieces=2), [[7, 2, -3], [0, np.nan, 2]])


def test_the_zero_of_a_maxout_has_no_sign():
    y = ACTIVATIONS["maxout"].function([-0.0, 0.0, 0.0, -0.0, -0.0, -0.0])
    assert not np.signbit(y).any()


@pytest.mark.parametrize(
    ("activation", "expected"),
    [
        ("reglu", 3.0),  # 1·max(3, 0) + 10·2·max(−4, 0)
        ("{name: reglu, gate: first}", 3.0 - 80.0),
        ("bilinear", 3.0 - 80.0),
        ("{name: maxout, pieces: 2}", 2.0 + 30.0),
    ],
)
def test_a_spec_with_fewer_features_after_the_layer(activation, expected):
    text = SPEC.replace("ACTIVATION", activation).replace("SIZE", "4")
    assert nnspec.loads(text)([[1.0]]).tolist() == [[expected]]


def test_an_odd_size_is_an_error_at_the_activation():
    with pytest.raises(nnspec.SpecError, match="3 features cannot be halved"):
        nnspec.loads(SPEC.replace("ACTIVATION", "glu").replace("SIZE", "3"))


@pytest.mark.parametrize(("activation", "promise"), nnspec.testing.cases(nnspec_glu))
def test_conformance(activation, promise):
    promise(activation)


def test_nnspec_says_what_to_install_for_every_name():
    names = {name for activation in ACTIVATIONS.values() for name in activation.names}
    assert {name for name, package in DISTRIBUTIONS.items() if package == "nnspec-glu"} == names
