"""The ONNX forms of what is built in, and the builder's models, run by ONNX and by onnxruntime."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec.onnx_builder import OnnxBuilder
from nnspec.plugin.manager import load_plugins
from nnspec.testing.settings import settings

WHERE = "`make peers` runs this, with onnx and onnxruntime"
onnx = pytest.importorskip("onnx.reference", reason=WHERE)
runtime = pytest.importorskip("onnxruntime", reason=WHERE)

REGISTRY = load_plugins()
BUILT_IN = [
    REGISTRY.activations[name]
    for name in sorted(REGISTRY.activations)
    if REGISTRY.origins["activation", name].name == "nnspec"
]
NEAR = np.concatenate([np.linspace(-9, 9, 50), [1.0, -0.0]]).astype(np.float32).reshape(-1, 4)


def model(dtype, form, **parameters):
    op = OnnxBuilder(dtype)
    y = form(op, "x", **parameters)
    return op.model({"x": (None, 4)}, {y: (None, 4)})


def operators(dtype, name, **parameters):
    """The operators that a form comes to, in order."""
    activation = REGISTRY.activations[name]
    made = model(dtype, activation.onnx, **activation.complete(parameters))
    return [node.op_type for node in made.graph.node]


@pytest.mark.parametrize("activation", BUILT_IN, ids=lambda activation: activation.name)
def test_onnxruntime_gives_the_same_numbers(activation):
    """Another judge than the reference evaluator of the promise; float32 is what it has whole."""
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1
    for parameters in settings(activation):
        made = model(np.float32, activation.onnx, **parameters)
        session = runtime.InferenceSession(made.SerializeToString(), options)
        (came,) = session.run(None, {"x": NEAR})
        expected = activation.function(NEAR, **parameters)
        np.testing.assert_allclose(came, expected, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize(
    ("name", "parameters", "single", "double"),
    [
        ("leaky_relu", {}, ["LeakyRelu"], ["PRelu"]),
        ("leaky_relu", {"negative_slope": 0.25}, ["LeakyRelu"], ["LeakyRelu"]),
        ("gelu", {"approximate": "none"}, ["Gelu"], ["Gelu"]),
        ("elu", {"alpha": 1}, ["Elu"], ["Elu"]),
        ("softplus", {}, ["Softplus"], ["Softplus"]),
    ],
)
def test_an_operator_of_its_own_wherever_its_attributes_hold_the_parameters(
    name, parameters, single, double
):
    assert operators(np.float32, name, **parameters) == single
    assert operators(np.float64, name, **parameters) == double


@pytest.mark.parametrize("name", ["step", "threshold", "thresholded_relu", "hard_shrink"])
def test_a_limit_that_float32_rounds_up_still_parts_the_same_numbers(name):
    """float32's 0.1 is 0.100000001490116…, above 0.1."""
    activation = REGISTRY.activations[name]
    limit = {"step": "theta", "thresholded_relu": "theta", "hard_shrink": "lambd"}
    parameters = {limit.get(name, "threshold"): 0.1}
    if name == "threshold":
        parameters["value"] = -1.0
    x = np.array([[0.1, np.nextafter(np.float32(0.1), np.float32(0)), 0, 1]], np.float32)
    made = model(np.float32, activation.onnx, **parameters)
    (came,) = onnx.ReferenceEvaluator(made).run(None, {"x": x})
    high, low = {"step": (1, 0), "threshold": (x[0, 0], -1.0)}.get(name, (x[0, 0], 0))
    assert came[0, :2].tolist() == [high, low]


def test_a_model_names_the_lowest_opset_that_has_its_operators():
    assert model(np.float32, lambda op, x: op.Relu(x)).opset_import[0].version == 20
    assert model(np.float32, lambda op, x: op.Swish(x)).opset_import[0].version == 24


def test_an_operator_with_two_outputs():
    def swapped(op, x):
        left, right = op.add("Split", x, outputs=2, axis=-1, num_outputs=2)
        return op.Concat(right, left, axis=-1)

    x = np.arange(8.0).reshape(2, 4)
    (y,) = onnx.ReferenceEvaluator(model(np.float64, swapped)).run(None, {"x": x})
    assert y.tolist() == [[2, 3, 0, 1], [6, 7, 4, 5]]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (lambda op, x: op.Reul(x), "has no operator Reul"),
        (lambda op, x: op.Relu(x, alpha=2), "Relu has no attribute 'alpha' in opset 20"),
        (lambda op, x: op.Relu("z"), "z"),
        (lambda op, x: op.Add(x, op.Less(x, x)), "Add"),
    ],
    ids=["operator", "attribute", "input", "type"],
)
def test_a_graph_that_does_not_hold_together_is_a_value_error(form, said):
    with pytest.raises(ValueError, match=said):
        model(np.float32, form)
