"""What a schema cannot say, one code after the other, each at its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nnspec.plugin.registry import Provider

FAULTS = [
    # labels, features, thresholds
    ({"output": "{size: 3, labels: [a]}"}, [("labels-count", "/output/labels")]),
    ({"task": "binary", "output": "{size: 1, labels: [a]}"}, [("labels-count", "/output/labels")]),
    ({"task": "binary", "output": "{size: 1, labels: [a, b]}"}, []),
    ({"input": "{size: 2, features: [a]}"}, [("features-count", "/input/features")]),
    ({"input": "{size: 2, features: [a, a]}"}, [("duplicate-name", "/input/features/1")]),
    ({"output": "{size: 3, threshold: 0.5}"}, [("threshold-task", "/output/threshold")]),
    (
        {"task": "multilabel", "output": "{size: 3, threshold: [0.5]}"},
        [("threshold-count", "/output/threshold")],
    ),
    (
        {"task": "multilabel", "output": "{size: 3, threshold: [0.1, 0, 1.5]}"},
        [("threshold-range", "/output/threshold/1"), ("threshold-range", "/output/threshold/2")],
    ),
    (
        {"task": "multilabel", "output": "{size: 3, threshold: 1}"},
        [("threshold-range", "/output/threshold")],
    ),
    ({"task": "binary", "output": "2"}, [("binary-size", "/output/size")]),
    # scales
    (
        {"task": "multiclass", "output": "{size: 3, denormalize: {std: 2}}"},
        [("denormalize-task", "/output/denormalize")],
    ),
    (
        {"output": "{size: 3, denormalize: {mean: [1]}}"},
        [("normalize-count", "/output/denormalize/mean")],
    ),
    (
        {"input": "{size: 2, clip: {min: [1]}, normalize: {std: [1]}}"},
        [("normalize-count", "/input/clip/min"), ("normalize-count", "/input/normalize/std")],
    ),
    ({"input": "{size: 2, clip: {min: 2, max: 1}}"}, [("bad-range", "/input/clip/min")]),
    ({"input": "{size: 2, clip: {min: [0, 2], max: 1}}"}, [("bad-range", "/input/clip/min/1")]),
    ({"input": "{size: 2, clip: {min: 1, max: 1}}"}, []),
    ({"input": "{size: 2, clip: {min: low, max: -1}}"}, []),
    # names of layers
    (
        {"layers": "[{size: 2, name: a}, {size: 2, name: a}]"},
        [("duplicate-name", "/layers/1/name")],
    ),
    ({"layers": "[{size: 2, name: output}]"}, [("duplicate-name", "/layers/0/name")]),
    ({"layers": "[{size: 2, name: dense2}, {size: 2}]"}, [("duplicate-name", "/layers/0/name")]),
    ({"layers": "[{size: 2}, {size: 2, name: dense1}]"}, [("duplicate-name", "/layers/1/name")]),
    (
        {"layers": "[{size: 4, name: a}, {type: residual, layers: [{size: 4, name: a}]}]"},
        [("duplicate-name", "/layers/1/layers/0/name")],
    ),
    # checks
    ({"checks": "[{input: x}]"}, [("checks-keys", "/checks/0")]),
    (
        {"task": "multiclass", "checks": "[{input: x, output: y, labels: z}]"},
        [("checks-keys", "/checks/0/labels")],
    ),
    ({"checks": "[{input: x, labels: z}]"}, [("checks-keys", "/checks/0/labels")]),
    (
        {"task": "multiclass", "checks": "[{input: x, output: y, min_accuracy: 0.5}]"},
        [("checks-keys", "/checks/0/min_accuracy")],
    ),
    (
        {"task": "multiclass", "checks": "[{input: x, output: y, max_rmse: 0.5}]"},
        [("checks-keys", "/checks/0/max_rmse")],
    ),
    ({"checks": "[{input: x, output: y, max_rmse: 0.5}]"}, []),
    ({"task": "multiclass", "checks": "[{input: x, labels: y, min_accuracy: 1}]"}, []),
    # plugins
    ({"plugins": "[nnspec-none]"}, [("plugin-missing", "/plugins/0")]),
    ({"plugins": "['nnspec >= 0.1']"}, []),
    ({"plugins": "[nnspec>=99]"}, [("plugin-missing", "/plugins/0")]),
    ({"plugins": "[NNSpec, ../evil]"}, [("bad-value", "/plugins/1")]),
    ({"plugins": "['a @ https://example.com/a.whl']"}, [("bad-value", "/plugins/0")]),
]


@pytest.mark.parametrize(("keys", "expected"), FAULTS, ids=str)
def test_each_fault_at_its_place(faults, keys, expected):
    assert faults(**keys) == expected


def test_a_duplicate_name_says_whose_name_it_is(examine):
    line = "layers: [{type: residual, layers: [{size: 4, name: a}]}, {size: 2, name: a}]"
    _, (found,) = examine(f"nnspec: 1\ntask: regression\ninput: 4\noutput: 1\n{line}")
    assert found.message == "'a' is the name of layer 1 inside layer 1 already"
    assert (found.line, found.column) == (5, line.rindex("a}") + 1)


@pytest.mark.parametrize(
    ("provider", "message", "hint"),
    [
        (
            Provider("x", "nnspec-x", "0.0.9"),
            "nnspec-x 0.0.9 is installed",
            "pip install --upgrade",
        ),
        (Provider("x", "nnspec-x", "1", "blocked"), "is switched off", "NNSPEC_DISABLE_PLUGINS"),
        (
            Provider("x", "nnspec-x", "1", "failed", "it broke"),
            "cannot be loaded: it broke",
            "nnspec",
        ),
        (Provider("nnspec-x"), "nnspec-x is not installed", "pip install 'nnspec-x>=0.1'"),
    ],
    ids=["old", "blocked", "failed", "loose"],
)
def test_a_plugin_that_is_not_ready_says_why(examine, registry, provider, message, hint):
    registry = replace(registry, providers=(*registry.providers, provider))
    text = "nnspec: 1\ntask: regression\ninput: 1\nlayers: []\noutput: 1\nplugins: [nnspec-x>=0.1]"
    _, (found,) = examine(text, registry)
    assert (found.code, found.line, found.column) == ("plugin-missing", 6, 11)
    assert message in found.message
    assert hint in found.hint


def test_a_name_that_two_plugins_claim_names_both_and_the_way_out(examine, registry):
    pair = (Provider("nnspec", "nnspec", "1"), Provider("mine", "nnspec-mine", "2"))
    conflicts = {("activation", "relu"): pair, ("layer", "dropout"): pair}
    registry = replace(registry, conflicts=conflicts)
    _, found = examine(
        "nnspec: 1\ntask: regression\ninput: 1\noutput: 1\nlayers:\n"
        "- {size: 2, activation: relu}\n- {size: 2, activation: tanh}\n"
        "- size: 2\n  activation:\n    name: relu\n- type: dropout\n",
        registry,
    )
    assert [(one.code, one.line) for one in found] == [("plugin-conflict", n) for n in (6, 10, 11)]
    assert found[0].message == "both nnspec 1 and nnspec-mine 2 give the activation 'relu'"
    assert found[0].hint == "switch one off: NNSPEC_DISABLE_PLUGINS=nnspec-mine"


def test_ten_thousand_layers_and_no_more(faults):
    """The output layer is one of them."""
    assert faults(input="1", layers=f"[{', '.join(['{size: 1}'] * 9_999)}]") == []
    assert faults(input="1", layers=f"[{', '.join(['{size: 1}'] * 10_000)}]") == [
        ("too-many-layers", "/layers")
    ]
