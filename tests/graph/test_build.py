"""From a spec to a graph: names, marks, logits, order; and whose fault a bad layer is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnspec.errors import PluginError, WeightsError
from nnspec.graph.build import build
from nnspec.graph.verify import GraphError, verify
from nnspec.ops.scale import SCALE
from nnspec.plugin.layer import Layer
from nnspec.plugin.op import Op
from nnspec.plugin.registry import Provider, Registry
from nnspec.spec.model import InputSpec, LayerSpec, OutputSpec, Spec

TEXTBOOK = {
    "dense1.weight": [[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]],
    "dense1.bias": [0.1, 0.2, 0.3],
    "dense2.weight": [[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]],
    "dense2.bias": [0.1, 0.2],
    "output.weight": [[0.1, 0.3], [0.2, 0.4]],
    "output.bias": [0.1, 0.2],
}
SIGMOIDS = [{"size": 3, "activation": "sigmoid"}, {"size": 2, "activation": "sigmoid"}]


@pytest.mark.parametrize("optimize", [True, False])
def test_the_textbook_network_gives_the_textbook_numbers(model, optimize):
    net = model(optimize, input=2, layers=SIGMOIDS, output=2, weights={"values": TEXTBOOK})
    x = [[1.0, 0.5]]
    np.testing.assert_allclose(
        net.layer("dense1", x), [[0.57444252, 0.66818777, 0.75026011]], atol=5e-9
    )
    np.testing.assert_allclose(net(x), [[0.31682708, 0.69627909]], atol=5e-9)


def test_values_are_named_after_layers_and_the_graph_prints_one_node_a_line(model):
    graph = model(input=2, layers=SIGMOIDS[:1], output=2).original_graph
    assert str(graph).splitlines()[1:] == [
        "  %dense1.affine[n, 3] = affine(%input, weight[2, 3], bias[3])  # dense1",
        "  %dense1[n, 3] = activate(%dense1.affine, sigmoid)  # dense1",
        "  %output.affine[n, 2] = affine(%dense1, weight[3, 2], bias[2])  # output",
        "  %output[n, 2] = activate(%output.affine, identity)  # output",
        "  return %output[n, 2]",
    ]


def test_clip_comes_before_normalize_and_denormalize_last(model):
    net = model(
        input={"size": 2, "clip": {"min": 0.0, "max": 4.0}, "normalize": {"mean": 1.0, "std": 2.0}},
        layers=[],
        output={"size": 2, "denormalize": {"mean": 10.0, "std": 100.0}},
        weights={"values": {"output.weight": [[1.0, 0.0], [0.0, 1.0]], "output.bias": [0.0, 0.5]}},
    )
    x = [[-5.0, 9.0]]
    graph = net.original_graph
    assert [n.op.name for n in graph.nodes] == ["clip", "scale", "affine", "activate", "scale"]
    assert net.layer("input", x).tolist() == [[-0.5, 1.5]]
    assert net.logits(x).tolist() == [[-0.5, 2.0]]
    assert net(x).tolist() == net.layer("output", x).tolist() == [[-40.0, 210.0]]
    assert graph.logits.name == "output.affine"


def test_marks_name_every_layer_the_nested_ones_too(model):
    net = model(
        input=3,
        layers=[
            {"type": "residual", "layers": [{"size": 3, "name": "inner"}]},
            {"type": "dropout"},
        ],
        output=1,
    )
    marks = net.original_graph.marks
    assert list(marks) == ["input", "inner", "residual1", "dropout1", "output"]
    assert {name: value.name for name, value in marks.items()} == {n: n for n in marks}


def test_arrays_are_rounded_to_the_dtype_and_cannot_be_written_to(model):
    net = model(
        dtype="float32",
        input={"size": 1, "normalize": {"mean": 0.1, "std": 3.0}},
        layers=[],
        output=1,
    )
    arrays = net.original_graph.nodes[0].arrays
    assert arrays["scale"] == np.float32(1 / 3)
    assert arrays["center"] == np.float32(0.1)
    assert not any(a.flags.writeable for n in net.graph.nodes for a in n.arrays.values())


def spec_of(*layers, mean=None, std=None):
    output = LayerSpec("output-kind", "output", {}, layers[-1].size_out if layers else 2, 2, "")
    return Spec(
        "s",
        "",
        "regression",
        "float64",
        InputSpec(2, mean=mean, std=std),
        layers,
        OutputSpec(output),
        None,
        (),
        (),
    )


def registry_of(lower, provider):
    def scale_by_two(layer, x):
        return layer.emit(SCALE, x, scale=np.array(2.0))

    layers = {
        "mine": Layer("mine", "Mine", "", lower),
        "output-kind": Layer("output-kind", "Output", "", scale_by_two),
    }
    return Registry(layers=layers, origins={("layer", "mine"): provider})


LAYER = LayerSpec("mine", "mine1", {}, 2, 2, "")
SHRINK = Op("shrink", lambda sizes, settings: 1, lambda inputs, out: None, lambda *_: 0)


@pytest.mark.parametrize(
    ("lower", "message"),
    [
        (lambda layer, x: 1 / 0, "division by zero"),
        (lambda layer, x: None, "did not make"),
        (lambda layer, x: layer.emit(SHRINK, x), "gave 1 features and promised 2"),
        (
            lambda layer, x: layer.emit(SCALE, x, scale=np.ones(3)),
            r"scale of shape \(3,\) beside 2",
        ),
        (lambda layer, x: layer.emit(SCALE, "x"), "does not come from this graph"),
    ],
)
def test_a_layer_of_a_plugin_that_fails_is_named_with_its_plugin(lower, message):
    plugin = Provider("mine", "nnspec-mine", "1.2")
    with pytest.raises(
        PluginError,
        match=f"nnspec-mine 1.2: layer 'mine1' of type 'mine' cannot be built.*{message}",
    ):
        build(spec_of(LAYER), {}, {}, registry_of(lower, plugin))
    with pytest.raises(GraphError):
        build(spec_of(LAYER), {}, {}, registry_of(lower, Provider("nnspec")))


def test_a_layer_that_hands_its_input_on_leaves_names_alone():
    graph = build(spec_of(LAYER), {}, {}, registry_of(lambda layer, x: x, Provider("nnspec")))
    assert graph.marks["mine1"] == graph.input
    assert [str(n.output) for n in graph.nodes] == ["%output[n, 2]"]


@pytest.mark.parametrize("std", [0.0, np.inf, 1e-320])
def test_a_std_that_cannot_be_divided_by_is_an_error_that_names_the_feature(std):
    spec = spec_of(mean="m", std="s")
    registry = registry_of(None, Provider("nnspec"))
    with pytest.raises(WeightsError, match="that of feature 1 is not"):
        build(spec, {}, {"m": np.zeros(2), "s": np.array([1.0, std])}, registry)


def faults(graph):
    first, second = graph.nodes[:2]
    other = replace(second.output, name="nowhere")
    short = replace(first, arrays={**first.arrays, "bias": np.zeros(7)})
    single = replace(first, arrays={k: a.astype("f4") for k, a in first.arrays.items()})
    wide = replace(first, output=replace(first.output, size=9))
    rest = graph.nodes[2:]
    return {
        "is made twice": replace(graph, nodes=(first, first, *graph.nodes[1:])),
        "before it is made": replace(graph, nodes=(second, first, *rest)),
        "the op gives 3 features": replace(graph, nodes=(wide, *graph.nodes[1:])),
        "a bias of shape": replace(graph, nodes=(short, *graph.nodes[1:])),
        "is float32 in a graph of float64": replace(graph, nodes=(single, *graph.nodes[1:])),
        "output is %nowhere": replace(graph, output=other),
        "mark 'lost' is %nowhere": replace(graph, marks={"lost": other}),
        "logits is %nowhere": replace(graph, logits=other),
        "has no features": replace(graph, input=replace(graph.input, size=0)),
    }


@pytest.mark.parametrize(
    "message",
    [
        "is made twice",
        "before it is made",
        "the op gives 3 features",
        "a bias of shape",
        "is float32 in a graph of float64",
        "output is %nowhere",
        "mark 'lost' is %nowhere",
        "logits is %nowhere",
        "has no features",
    ],
)
def test_the_verifier_finds_planted_faults(model, message):
    graph = model(input=2, layers=SIGMOIDS, output=2).original_graph
    verify(graph)
    with pytest.raises(GraphError, match=message):
        verify(faults(graph)[message])
