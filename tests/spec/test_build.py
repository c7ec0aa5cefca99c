"""A document becomes a spec with every default; what is refused is unknown, and no more."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnspec.diagnostics.diagnostic import Finding
from nnspec.plugin.layer import Layer
from nnspec.plugin.registry import Registry
from nnspec.schema.check import check
from nnspec.source.document import Document
from nnspec.spec.build import build
from nnspec.spec.model import ActivationUse


@pytest.mark.parametrize(
    ("task", "activation", "threshold"),
    [
        ("regression", "identity", None),
        ("binary", "sigmoid", (0.5,)),
        ("multilabel", "sigmoid", (0.5, 0.5, 0.5)),
        ("multiclass", "softmax", None),
    ],
)
def test_the_task_sets_output_activation_and_threshold(sound, task, activation, threshold):
    spec = sound(task=task, output="1" if task == "binary" else "3")
    assert spec.output.layer.activation.name == activation
    assert spec.output.threshold == threshold


def test_all_else_that_is_absent(sound):
    spec = sound(layers="[{size: 5}, {type: batchnorm}, {type: dropout}]")
    assert (spec.name, spec.description, spec.dtype) == ("net", "", "float32")
    assert (spec.weights, spec.checks, spec.plugins, spec.metadata) == (None, (), (), {})
    assert (spec.input.features, spec.input.mean, spec.input.clip_min) == (None, None, None)
    dense, batchnorm, dropout = spec.layers
    assert dense.settings == {"size": 5, "bias": True}
    assert dense.activation == ActivationUse("identity", {}, "identity", "/layers/0/activation")
    assert batchnorm.settings == {"epsilon": 1e-3, "center": True, "scale": True}
    assert batchnorm.activation is None
    assert dropout.settings == {"rate": 0.5}


def test_half_a_normalize_changes_nothing_in_the_other_half(sound):
    spec = sound(
        input="{size: 4, normalize: {std: 255}}", output="{size: 3, denormalize: {mean: 1}}"
    )
    assert (spec.input.mean, spec.input.std) == (0.0, 255.0)
    assert (spec.output.mean, spec.output.std) == (1.0, 1.0)


def test_numbers_lists_and_names_of_arrays(sound):
    spec = sound(input="{size: 2, clip: {min: 0, max: [1, 2]}, normalize: {mean: m, std: 1}}")
    assert (spec.input.clip_min, spec.input.clip_max, spec.input.mean) == (0.0, (1.0, 2.0), "m")


def test_default_names_count_the_layers_of_a_type_nested_and_named_ones_too(sound):
    spec = sound(
        layers="[{size: 4}, {type: residual, layers: [{size: 9, name: x}, {type: concat, layers: "
        "[{size: 2}]}, {size: 4}]}, {type: concat, layers: []}, {size: 1}]"
    )
    assert [layer.name for layer in spec.walk()] == [
        "dense1", "residual1", "x", "concat1", "dense3", "dense4", "concat2", "dense5", "output",
    ]  # fmt: skip


def test_sizes_go_through_residual_and_concat(sound):
    spec = sound(
        layers="[{size: 6}, {type: layernorm}, {type: concat, layers: [{size: 2}]}, "
        "{type: residual, layers: [{size: 3}, {size: 8}]}, {type: concat, layers: []}]"
    )
    sizes = [(layer.size_in, layer.size_out) for layer in spec.layers]
    assert sizes == [(4, 6), (6, 6), (6, 8), (8, 8), (8, 16)]
    assert (spec.output.layer.size_in, spec.output.layer.size_out) == (16, 3)


def test_aliases_are_resolved_and_parameters_completed(sound):
    spec = sound(layers="[{size: 5, activation: swish}, {size: 5, activation: {name: gelu}}]")
    swish, gelu = (layer.activation for layer in spec.layers)
    assert (swish.name, swish.written) == ("silu", "swish")
    assert gelu.parameters == {"approximate": "none"}


def test_weights_in_all_forms(sound):
    assert sound(weights="w.npz").weights.file == "w.npz"
    mapping = sound(weights="{file: w.npz, layout: out_in, names: {weight: 'W{n}'}}").weights
    assert (mapping.layout, mapping.names) == ("out_in", {"weight": "W{n}"})
    assert sound(weights="{values: {a: [1]}}").weights.values == {"a": [1]}
    init = sound(weights="{init: zeros}").weights
    assert (init.init, init.seed) == ("zeros", 0)


def test_what_is_refused_is_unknown_and_leads_to_no_further_findings(examine):
    spec, diagnostics = examine(
        "nnspec: 1\ntask: classify\ndtype: half\ninput: {size: 4.0, features: [a]}\n"
        "layers: [{type: residual, layers: [{size: 0}]}, {size: 2}, {type: residual, layers: "
        "[{size: '3'}]}, {type: x}, {size: 7, name: 1st}]\n"
        "output: {size: -1, labels: [a], threshold: [1]}\nchecks: [{input: x, lables: y}]\n"
        "weights: 5\nplugins: [1]"
    )
    assert [one.pointer for one in diagnostics if one.code.startswith("bad-")] == [
        "/task", "/dtype", "/input/size", "/layers/0/layers/0/size", "/layers/2/layers/0/size",
        "/layers/4/name", "/output/size", "/weights", "/plugins/0",
    ]  # fmt: skip
    assert {one.code for one in diagnostics} - {"bad-choice", "bad-type", "bad-range"} == {
        "bad-name", "unknown-key", "unknown-layer-type", "threshold-range",
    }  # fmt: skip
    assert (spec.task, spec.dtype, spec.input.size, spec.weights) == (None, "float32", None, None)
    assert [layer.size_out for layer in spec.layers] == [None, 2, None, None, 7]
    assert [layer.type for layer in spec.layers] == ["residual", "dense", "residual", None, "dense"]
    assert (spec.output.layer.size_out, spec.output.labels, spec.checks) == (None, ("a",), ())


def test_a_size_rule_that_fails_is_named_and_the_rest_goes_on():
    def broken(settings, size_in, nested):
        raise KeyError("x")

    def negative(settings, size_in, nested):
        return -1

    kinds = [Layer("a", "A", "", lambda *_: _, size=broken), Layer("b", "B", "", lambda *_: _)]
    kinds.append(Layer("c", "C", "", lambda *_: _, size=negative))
    data = {"input": 4, "layers": [{"type": "b"}, {"type": "a"}, {"type": "b"}]}
    layers = {kind.type: kind for kind in kinds}
    spec, findings = build(Document(data, "x", Path(), "", {}, {}), [], Registry(layers=layers))
    assert [layer.size_out for layer in spec.layers] == [4, None, None]
    assert [(one.code, one.pointer) for one in findings] == [("size-mismatch", "/layers/1/type")]
    data["layers"] = [{"type": "c"}]
    _, findings = build(Document(data, "x", Path(), "", {}, {}), [], Registry(layers=layers))
    assert findings[0].message == "c1: its kind gives -1 as its size"


def test_a_file_names_its_spec_and_a_string_does_not():
    for name, expected in (("specs/a.b.yaml", "a.b"), ("<string>", "network")):
        spec, _ = build(Document({}, name, Path(), "", {}, {}), [], Registry())
        assert spec.name == expected


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.just(10**400) | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip
KEYS = [
    "task",
    "input",
    "layers",
    "output",
    "weights",
    "checks",
    "plugins",
    "metadata",
    "name",
    "dtype",
]
BELOW = [
    "size", "type", "name", "activation", "layers", "labels", "threshold", "normalize", "mean", "std",
    "values", "file", "input", "output", "clip", "min", "features", "denormalize", "rtol", "seed", "bias",
]  # fmt: skip
NETS = st.dictionaries(
    st.sampled_from(KEYS),
    st.recursive(
        ODD | st.sampled_from(["relu", "dense", "residual", "binary", "multilabel", 1, 2]),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(BELOW), inner, max_size=4)
        ),
        max_leaves=15,
    ),
)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=NETS | ODD, honest=st.booleans())
def test_no_plain_data_raises(registry, schema, data, honest):
    """Neither after the schema's findings nor without them."""
    before = copy.deepcopy(data)
    document = Document(data, "x", Path(), "", {}, {})
    findings = check(document, schema) if honest else [Finding("bad-value", "?", "/input")]
    spec, _ = build(document, findings, registry)
    for rule in registry.rules:
        list(rule.check(spec, registry))
    assert repr(data) == repr(before)


def test_layers_nest_as_deep_as_yaml_may(sound):
    nested = "{type: residual, layers: [" * 48 + "{size: 4}" + "]}" * 48
    spec = sound(layers=f"[{nested}]")
    assert sum(1 for _ in spec.walk()) == 50
    assert spec.output.layer.size_in == 4
