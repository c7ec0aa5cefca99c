"""Ending a graph earlier gives that value, whatever the passes would have folded."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec.graph.cut import logits, until
from nnspec.graph.ir import Value
from nnspec.graph.optimize import optimize
from nnspec.graph.verify import GraphError


def test_every_layer_can_be_asked_for_though_the_passes_fold_it_away(model):
    layers = [
        {"size": 5},
        {"type": "batchnorm"},
        {"type": "dropout"},
        {"type": "residual", "layers": [{"size": 5, "name": "inner"}]},
        {"size": 4, "activation": "tanh"},
    ]
    net = model(input={"size": 3, "normalize": {"mean": 2.0, "std": 3.0}}, layers=layers, output=2)
    raw = model(
        False, input={"size": 3, "normalize": {"mean": 2.0, "std": 3.0}}, layers=layers, output=2
    )
    x = np.random.default_rng(0).standard_normal((9, 3))
    names = list(net.original_graph.marks)
    assert names == [
        "input",
        "dense1",
        "batchnorm1",
        "dropout1",
        "inner",
        "residual1",
        "dense3",
        "output",
    ]
    for name in names:
        np.testing.assert_allclose(net.layer(name, x), raw.layer(name, x), rtol=1e-11, atol=1e-12)
    np.testing.assert_allclose(net.layer("input", x), (x - 2.0) / 3.0, rtol=1e-15)


def test_what_comes_after_the_cut_is_left_out(model):
    graph = model(input=3, layers=[{"size": 5, "activation": "relu"}], output=2).original_graph
    assert [n.output.name for n in logits(graph).nodes] == [
        "dense1.affine",
        "dense1",
        "output.affine",
    ]
    assert set(logits(graph).marks) == {"input", "dense1"}
    assert until(graph, graph.input).nodes == ()


def test_a_cut_at_what_the_graph_does_not_compute_is_refused(model):
    graph = model(input=3, layers=[], output=2).original_graph
    with pytest.raises(GraphError, match="is no value of graph"):
        until(graph, Value("elsewhere", 3))
    with pytest.raises(GraphError, match="no longer computes its logits"):
        logits(optimize(until(graph, graph.input))[0])
