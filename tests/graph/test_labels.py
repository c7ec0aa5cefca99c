"""Labels read off the logits are those of the outputs; where they would not be, nothing is cut."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec.errors import UsageError
from nnspec.graph.labels import LabelCut, labels
from nnspec.graph.threshold import logit_threshold
from nnspec.plugin.activation import Activation
from nnspec.plugin.manager import load_plugins

ACTIVATIONS = load_plugins().activations
ORDERED = sorted(
    name for name, a in ACTIVATIONS.items() if a.keeps_order and not a.rowwise and not a.required
)


def floats(dtype):
    """All kinds of floats: around 0, around 1, large, tiny, infinite; both signs."""
    rng = np.random.default_rng(0)
    x = np.concatenate(
        [
            rng.standard_normal(4000) * 10.0 ** rng.integers(-30, 30, 4000),
            rng.standard_normal(4000) * 4,
            rng.standard_normal(2000) * 1e-7,
            [0.0, -0.0, np.inf, -np.inf, 1.0, -1.0, np.finfo(dtype).tiny, -np.finfo(dtype).max],
        ]
    )
    return x.astype(dtype)


@pytest.mark.parametrize("dtype", ["f4", "f8"])
@pytest.mark.parametrize("name", ORDERED)
def test_a_threshold_on_the_logits_answers_as_one_on_the_outputs(name, dtype):
    activation = ACTIVATIONS[name]
    parameters = activation.complete({})
    thresholds = np.array([0.5, 0.0, 1.0, 0.1, 0.999, -0.5, 7.0], dtype=dtype)
    x = np.repeat(floats(dtype)[:, np.newaxis], len(thresholds), axis=1)
    with np.errstate(all="ignore"):
        near = logit_threshold(activation, parameters, thresholds)
        if near is None:
            # Rounding takes x / (1 + |x|) to 1 and, further on, a little below it again.
            assert (name, dtype) == ("softsign", "f8")
            return
        y = activation.function(x, **parameters)
    np.testing.assert_array_equal(x >= near, y >= thresholds)
    for step in (-np.inf, np.inf):
        beside = np.nextafter(near, np.asarray(step, dtype))[np.newaxis]
        expected = activation.function(beside, **parameters) >= thresholds
        np.testing.assert_array_equal(beside >= near, expected)


def test_a_sigmoid_is_always_cut():
    sigmoid = ACTIVATIONS["sigmoid"]
    near = logit_threshold(sigmoid, {}, np.array([0.5, 1.5, -1.0, 0.9], dtype="f8"))
    assert abs(near[0]) < 1e-15
    assert np.isnan(near[1])
    assert near[2] == -np.inf
    assert near[3] == pytest.approx(np.log(9.0))


@pytest.mark.parametrize(
    "function",
    [
        np.abs,
        lambda x: np.where(np.signbit(x), -1.0, 1.0).astype(x.dtype),
        lambda x: np.where((x > 1.0) & (x < 1e6), -1.0, x).astype(x.dtype),
        lambda x: x[:, :1],
    ],
    ids=["falls", "tells the zeros apart", "falls far away", "fails"],
)
def test_an_activation_that_does_not_keep_the_order_as_it_says_is_not_cut(function):
    activation = Activation("f", function, keeps_order=True)
    assert logit_threshold(activation, {}, np.array([1e-3, 0.0])) is None


def cut(model, task, size, **output):
    net = model(task=task, input=3, layers=[], output={"size": size, **output})
    return net, labels(net.original_graph, net.spec)


@pytest.mark.parametrize(
    ("task", "size", "output", "ops"),
    [
        ("multiclass", 4, {}, ["affine"]),
        ("multiclass", 4, {"activation": "identity"}, ["affine"]),
        ("multiclass", 4, {"activation": "relu"}, ["affine", "activate"]),
        ("binary", 1, {}, ["affine"]),
        ("binary", 1, {"activation": "identity", "threshold": 0.2}, ["affine"]),
        ("binary", 1, {"activation": "gauss"}, ["affine", "activate"]),
        ("multilabel", 4, {"threshold": [0.1, 0.5, 0.9, 0.99]}, ["affine"]),
        ("multilabel", 4, {"activation": "softmax"}, ["affine", "activate"]),
    ],
)
def test_the_output_activation_is_left_out_where_it_changes_no_label(
    model, task, size, output, ops
):
    net, found = cut(model, task, size, **output)
    assert [node.op.name for node in found.graph.nodes] == ops
    x = np.random.default_rng(0).standard_normal((300, 3)) * 5
    y = net(x)
    if task == "multiclass":
        expected = y.argmax(axis=1)
    else:
        expected = y >= np.array(output.get("threshold", 0.5))
        expected = expected[:, 0] if task == "binary" else expected
    got = net.labels(x)
    assert got.dtype == np.int64
    np.testing.assert_array_equal(got, expected)


def test_a_row_with_nan_has_no_label(hand):
    graph = hand(2)("identity", "x", "y").graph()
    y = np.array([[np.nan, 9.0], [1.0, 1.0], [np.inf, np.inf], [0.0, 1.0]])
    assert LabelCut(graph, None, several=False).read(y).tolist() == [-1, 0, 0, 1]
    half = np.array([0.5, 1.0])
    assert LabelCut(graph, half, several=False).read(y).tolist() == [-1, 1, 1, 0]
    assert LabelCut(graph, half, several=True).read(y).tolist() == [
        [-1, -1],
        [1, 1],
        [1, 1],
        [0, 1],
    ]


def test_an_output_on_its_threshold_counts(model):
    _, found = cut(model, "binary", 1, activation="identity", threshold=0.25)
    assert found.read(np.array([[0.25], [np.nextafter(0.25, 0)]])).tolist() == [1, 0]


def test_a_regression_has_no_labels(model):
    with pytest.raises(UsageError, match="regression"):
        cut(model, "regression", 1)
