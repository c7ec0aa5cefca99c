"""Advice where it helps, and silence where a network is as good as another."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nnspec.examine import Options, examine_text

SOUND = {"task": "regression", "input": "4", "layers": "[]", "output": "3"}


def advice(folder=Path(), strict=False, **keys):
    """Give the code and the pointer's line of JSON of each warning; there must be no error."""
    text = "\n".join(
        ["nnspec: 1", *(f"{key}: {value}" for key, value in {**SOUND, **keys}.items())]
    )
    examined = examine_text(text, Options(strict=strict), name="a.yaml", folder=folder)
    assert not examined.faulty, examined.diagnostics
    return list(examined.diagnostics)


def codes(**keys):
    return [one.code for one in advice(**keys)]


def stack(*activations):
    return f"[{', '.join(f'{{size: 4, activation: {one}}}' for one in activations)}]"


SILENT = [
    # one linear layer is none too many; a bend anywhere between two is enough
    {"layers": "[{size: 2, activation: relu}]"},
    {"layers": "[{size: 2}, {type: batchnorm}, {type: activation, activation: relu}]"},
    {"layers": "[{size: 2}, {type: layernorm}]"},
    {"layers": "[{size: 4}, {type: residual, layers: [{size: 4, activation: relu}]}]"},
    {"layers": "[{type: batchnorm}, {type: affine}, {type: dropout}]"},
    # a step where it answers, not where it should learn
    {"task": "binary", "output": "{size: 1, activation: step}"},
    # as deep as may be
    {"layers": stack(*["sigmoid"] * 4)},
    {"layers": stack(*["tanh"] * 9)},
    {"layers": stack(*["relu"] * 30)},
    {"task": "binary", "output": "1", "layers": stack(*["sigmoid"] * 4)},
    {"layers": f"[{', '.join(['{type: residual, layers: [{size: 4, activation: tanh}]}'] * 20)}]"},
    # output activations that serve the task
    {"output": "{size: 3, activation: relu}"},
    {"output": "{size: 3, activation: tanh}"},
    {"output": "{size: 3, activation: softplus}"},
    {"output": "{size: 3, activation: sigmoid, denormalize: {mean: 1, std: 2}}"},
    {"task": "multiclass", "output": "{size: 3, activation: identity}"},
    {"task": "multiclass", "output": "{size: 3, activation: log_softmax}"},
    {"task": "multiclass", "output": "{size: 3, activation: sparsemax}"},
    {"task": "multilabel", "output": "{size: 3, activation: {name: hard_sigmoid, slope: 0.2}}"},
    # dropout and normalization directly before the output layer
    {"layers": "[{size: 4, activation: relu}, {type: dropout}]"},
    {"layers": "[{size: 4, activation: relu}, {type: batchnorm}]", "task": "multiclass"},
    # defaults that agree, and numbers that are given
    {"layers": stack("elu", "selu", "softplus", "silu", "celu")},
    {"layers": "[{size: 4, activation: {name: gelu, approximate: none}}]"},
    {"layers": "[{type: batchnorm}]", "weights": "{init: zeros}"},
    {"weights": "{init: he_normal, seed: 0}"},
    {"task": "binary", "output": "{size: 1, labels: [no, yes]}"},
    {"plugins": "[nnspec>=0.0.1]"},
]


@pytest.mark.parametrize("keys", SILENT, ids=str)
def test_what_is_legitimate_is_silent(keys):
    assert codes(**keys) == []


SAID = [
    ({"layers": "[{size: 2}]"}, ["linear-layers"]),
    ({"layers": "[{size: 2}, {size: 3}, {size: 4}]"}, ["linear-layers"]),
    ({"layers": "[{size: 2}, {type: dropout}, {type: batchnorm}]"}, ["linear-layers"]),
    ({"layers": "[{type: concat, layers: [{size: 2}, {size: 3}]}]"}, ["linear-layers"]),
    ({"layers": stack("step")}, ["step-gradient"]),
    ({"layers": stack(*["sigmoid"] * 5)}, ["vanishing-gradients"]),
    ({"layers": stack(*["tanh"] * 10)}, ["vanishing-gradients"]),
    ({"layers": stack("tanh", *["sigmoid"] * 4, "tanh")}, ["vanishing-gradients"]),
    ({"output": "{size: 3, activation: softmax}"}, ["output-activation"]),
    ({"output": "{size: 1, activation: softmax}"}, ["constant-softmax"]),
    ({"task": "multiclass", "output": "1"}, ["constant-softmax"]),
    ({"task": "multiclass", "output": "{size: 3, activation: relu}"}, ["output-activation"]),
    ({"task": "multilabel", "output": "{size: 3, activation: softmax}"}, ["output-activation"]),
    ({"task": "binary", "output": "{size: 1, activation: softmax}"}, ["constant-softmax"]),
    ({"task": "binary", "output": "{size: 1, activation: identity}"}, ["output-activation"]),
    ({"task": "binary", "output": "{size: 1, activation: tanh}"}, ["output-activation"]),
    ({"task": "binary", "output": "{size: 1, labels: [a, a]}"}, ["duplicate-label"]),
    ({"layers": stack("gelu")}, ["activation-default"]),
    ({"layers": stack("{name: hard_sigmoid}")}, ["activation-default"]),
    ({"weights": "{init: lecun_normal}"}, ["init-unseeded"]),
]


@pytest.mark.parametrize(("keys", "expected"), SAID, ids=str)
def test_one_piece_of_advice_for_one_cause(keys, expected):
    assert codes(**keys) == expected


def test_two_linear_layers_are_one_of_this_shape():
    layers = "[{size: 8, activation: relu}, {size: 5}, {type: dropout}, {size: 7}]"
    (one,) = advice(layers=layers, output="3")
    assert one.message == "dense2 and dense3 have no activation: with output that is one layer of " \
        "shape (8, 3)"  # fmt: skip
    assert one.pointer == "/layers/1"


def test_that_layer_computes_the_same():
    """The textbook's identity, by NumPy: (x W1 + b1) W2 + b2 = x (W1 W2) + (b1 W2 + b2)."""
    import nnspec

    draw = np.random.default_rng(0)
    w1, w2 = draw.normal(size=(4, 8)), draw.normal(size=(8, 3))
    b1, b2 = draw.normal(size=8), draw.normal(size=3)
    two = {"dense1.weight": w1, "dense1.bias": b1, "output.weight": w2, "output.bias": b2}
    values = {name: array.tolist() for name, array in two.items()}
    text = "nnspec: 1\ntask: regression\ndtype: float64\ninput: 4\noutput: 3\n"
    model = nnspec.loads(f"{text}layers: [{{size: 8}}]\nweights: {{values: {values}}}")
    x = draw.normal(size=(5, 4))
    np.testing.assert_allclose(model(x), x @ (w1 @ w2) + (b1 @ w2 + b2), rtol=1e-12)


def test_no_advice_on_a_part_with_errors():
    text = "nnspec: 1\ntask: regression\ninput: 4\nlayers: [{size: 2, activaton: relu}]\noutput: 1"
    examined = examine_text(text, Options(), name="a.yaml", folder=Path())
    assert [one.code for one in examined.diagnostics] == ["unknown-key"]


def test_epsilon_matters_where_weights_come_from_a_file(tmp_path):
    arrays = {"mean": np.zeros(4), "variance": np.ones(4)}
    arrays = {f"batchnorm1.{name}": array for name, array in arrays.items()}
    ours = {"output.weight": np.ones((4, 3)), "output.bias": np.zeros(3)}
    np.savez(tmp_path / "w.npz", **arrays, **ours)
    silent = "[{type: batchnorm, center: false, scale: false, epsilon: 1.0e-5}]"
    assert advice(tmp_path, layers=silent, weights="w.npz") == []
    (one,) = advice(tmp_path, layers=silent.replace(", epsilon: 1.0e-5", ""), weights="w.npz")
    assert (one.code, one.severity) == ("epsilon-default", "warning")
    assert "0.001 here" in one.message
    assert [one.code for one in advice(tmp_path, strict=True, layers=silent, weights="w.npz")] == [
        "weights-unpinned"
    ]


def test_the_other_of_two_places_is_named():
    output = "\n  size: 3\n  labels:\n  - a\n  - b\n  - a"
    (one,) = advice(task="multiclass", output=output)
    assert one.message == "'a' is the label of output 1 already, given in line 8"
    (one,) = advice(task="multiclass", output="{size: 3, labels: [a, b, a]}")
    assert one.message == "'a' is the label of output 1 already"


@pytest.mark.parametrize("seed", ["0", "7"])
def test_a_seed_is_only_asked_for_once(seed):
    assert codes(weights=f"{{init: he_normal, seed: {seed}}}") == []
