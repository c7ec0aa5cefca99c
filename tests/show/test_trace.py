"""A trace of every kind of layer, with the formula in its own symbols and values done by hand."""

from __future__ import annotations

import numpy as np
import pytest

import nnspec
from nnspec.show.trace import trace

SPEC = """
nnspec: 1
task: multiclass
dtype: float64
input: 2
layers:
  - {size: 2, activation: tanh}
  - {type: batchnorm, epsilon: 0.5}
  - {type: residual, layers: [{type: layernorm, epsilon: 1.0}, {type: dropout}]}
  - {type: rmsnorm, epsilon: 2.0}
  - {type: concat, layers: [{type: affine}, {type: activation, activation: {name: elu, alpha: 2.0}}]}
output: 2
weights:
  values:
    dense1.weight: [[1, 0.5], [-1, 0.25]]
    dense1.bias: [0.125, 0]
    batchnorm1.gamma: [2, 3]
    batchnorm1.beta: [1, -1]
    batchnorm1.mean: [0.5, 0.25]
    batchnorm1.variance: [3.5, 8.5]
    layernorm1.gamma: [1, 2]
    layernorm1.beta: [3, 4]
    rmsnorm1.gamma: [5, 6]
    affine1.scale: [0.5, -0.5]
    affine1.shift: [7, 8]
    output.weight: [[1, 0], [0, 1], [1, 0], [0, 1]]
    output.bias: [0, 0]
"""


@pytest.fixture(scope="module")
def steps():
    model = nnspec.loads(SPEC)
    traced = trace(model, np.array([[1.0, 2.0]]), source="here", row=0)
    np.testing.assert_allclose(traced.steps[-1].values, model([[1.0, 2.0]]), rtol=1e-14)
    return {step.name: step for step in traced.steps}


def test_formulas_are_written_in_the_symbols_of_the_layers(steps):
    assert {name: step.formula for name, step in steps.items()} == {
        "X": "",
        "A1": "X W1 + b1",
        "Z1": "tanh(A1)",
        "H1": "gamma * (Z1 - mean) / sqrt(variance + 0.5) + beta",
        "H2": "(H1 - mean(H1)) / sqrt(var(H1) + 1)",
        "H3": "gamma * H2 + beta",
        "H4": "H3",
        "H5": "H1 + H4",
        "H6": "H5 / sqrt(mean(H5²) + 2)",
        "H7": "gamma * H6",
        "H8": "H7 * scale + shift",
        "H9": "elu(H8, alpha=2)",
        "H10": "[H7, H9]",
        "A2": "H10 W2 + b2",
        "y": "softmax(A2)",
    }


def test_values_follow_from_the_formulas(steps):
    """Every formula, computed from the printed inputs and arrays in plain NumPy."""
    v = {name: step.values for name, step in steps.items()}
    a = {name: step.arrays for name, step in steps.items()}
    np.testing.assert_allclose(v["A1"], [[-0.875, 1.0]])
    np.testing.assert_allclose(v["Z1"], np.tanh([[-0.875, 1.0]]))
    norm = a["H1"]["gamma"] * (v["Z1"] - a["H1"]["mean"]) / np.sqrt(a["H1"]["variance"] + 0.5)
    np.testing.assert_allclose(v["H1"], norm + a["H1"]["beta"])
    np.testing.assert_allclose(v["H2"], (v["H1"] - v["H1"].mean()) / np.sqrt(v["H1"].var() + 1))
    np.testing.assert_allclose(v["H3"], [[1, 2]] * v["H2"] + [[3, 4]])
    np.testing.assert_allclose(v["H5"], v["H1"] + v["H3"])
    np.testing.assert_allclose(v["H6"], v["H5"] / np.sqrt(np.mean(v["H5"] ** 2) + 2))
    np.testing.assert_allclose(v["H8"], v["H7"] * [[0.5, -0.5]] + [[7, 8]])
    np.testing.assert_array_equal(v["H10"], np.hstack([v["H7"], v["H9"]]))
    np.testing.assert_allclose(v["A2"], v["H7"] + v["H9"])
    np.testing.assert_allclose(v["y"], np.exp(v["A2"]) / np.exp(v["A2"]).sum())


def test_each_step_names_its_layer(steps):
    assert steps["H3"].layer == "layernorm1"
    assert steps["H4"].type == "dropout"
    assert steps["y"].layer == "output"


def test_shapes_are_those_that_the_right_side_joins(steps):
    assert steps["H5"].shapes == "(1, 2) + (1, 2)"
    assert steps["H10"].shapes == "(1, 2) beside (1, 2)"
    assert steps["A2"].shapes == "(1, 4) @ (4, 2) + (2,)"


def test_the_ops_of_a_plugin_are_written_as_functions():
    from nnspec.graph.ir import Node, Value
    from nnspec.plugin.op import Op
    from nnspec.show.notation import write
    from nnspec.show.places import Place

    op = Op("fold", lambda sizes, settings: 1, lambda *a, **k: None, lambda sizes, settings: 0)
    shift = np.array([1.0])
    node = Node(op, (Value("a", 1), Value("b", 2)), Value("c", 1), "mine", {}, {"shift": shift})
    written = write(node, Place("mine", "folding", None, {}, {}), ["A1", "Z1"])
    assert (written.formula, written.shapes) == ("fold(A1, Z1)", "(1, 1), (1, 2)")
    assert written.arrays == {"shift": shift}
