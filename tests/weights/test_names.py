"""The naming rules: whose arrays they recognise, and what is said of those they do not."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec.plugin.layer import Parameter
from nnspec.spec.parameters import Expected
from nnspec.weights.archive import Archive, Entry
from nnspec.weights.names import match


def dense(layer: str, number: int, inputs: int, outputs: int) -> list[Expected]:
    weight, bias = Parameter("weight", (inputs, outputs)), Parameter("bias", (outputs,), 0.0)
    return [Expected(layer, "dense", number, weight), Expected(layer, "dense", number, bias)]


def norm(layer: str, kind: str, size: int) -> list[Expected]:
    names = ["gamma", "beta", *(["mean", "variance"] if kind == "batchnorm" else [])]
    return [Expected(layer, kind, None, Parameter(name, (size,), 0.0)) for name in names]


MLP = [*dense("dense1", 0, 4, 5), *dense("dense2", 1, 5, 6), *dense("output", 2, 6, 3)]
SQUARE = [*dense("dense1", 0, 4, 4), *dense("output", 1, 4, 4)]
NORMED = [
    *dense("dense1", 0, 4, 5),
    *norm("batchnorm1", "batchnorm", 5),
    *dense("dense2", 1, 5, 5),
    *norm("layernorm1", "layernorm", 5),
    *dense("output", 2, 5, 3),
]


def archive(metadata=None, /, **shapes: tuple[int, ...]) -> Archive:
    entries = {
        name: Entry(shape, "float32", lambda: np.zeros(())) for name, shape in shapes.items()
    }
    return Archive(entries, metadata or {})


def linear(*layers: tuple[str, str, tuple[int, int]]) -> dict[str, tuple[int, ...]]:
    """Shapes of (weight name, bias name, (out, in))."""
    pairs = [{weight: shape, bias: (shape[0],)} for weight, bias, shape in layers]
    return {name: shape for pair in pairs for name, shape in pair.items()}


def torch_names(*prefixes: str) -> dict[str, tuple[int, ...]]:
    shapes = [(5, 4), (6, 5), (3, 6)]
    layers = zip(prefixes, shapes, strict=True)
    return linear(*((f"{prefix}.weight", f"{prefix}.bias", shape) for prefix, shape in layers))


def files(matching) -> list[str]:
    return [name for name, _ in matching.mapping.values()]


def codes(matching) -> list[str]:
    return [finding.code for finding in matching.findings]


def test_our_own_names():
    shapes = {array.name: array.parameter.shape for array in MLP}
    matching = match(MLP, archive(**shapes), file="w.npz")
    assert matching.findings == []
    assert matching.mapping == {array.name: (array.name, False) for array in MLP}
    assert matching.rule == "nnspec's own names"


def test_numbered_names():
    shapes = {"b2": (6,), "W3": (6, 3), "W1": (4, 5), "b1": (5,), "W2": (5, 6), "b3": (3,)}
    matching = match(MLP, archive(**shapes), file="w.npz")
    assert matching.findings == []
    assert files(matching) == ["W1", "b1", "W2", "b2", "W3", "b3"]
    assert matching.mapping["output.weight"] == ("W3", False)


@pytest.mark.parametrize(
    "prefixes",
    [
        ("0", "2", "10"),
        ("net.0", "net.2", "net.10"),
        ("model.layers.0", "model.layers.1", "model.layers.2"),
        ("fc1", "fc2", "fc3"),
        ("fc_8", "fc_9", "fc_10"),
        ("body.0.linear", "body.1.linear", "body.2"),
        ("dense1", "dense2", "output"),
    ],
)
def test_pytorch_state_dicts_in_the_order_of_their_numbers(prefixes):
    shapes = torch_names(*prefixes)
    backwards = dict(sorted(shapes.items(), reverse=True))
    matching = match(MLP, archive({"format": "pt"}, **backwards), file="w.safetensors")
    assert matching.findings == []
    assert files(matching) == [f"{p}.{part}" for p in prefixes for part in ("weight", "bias")]
    assert [turned for _, turned in matching.mapping.values()] == [True, False] * 3


def test_the_norms_of_a_pytorch_state_dict():
    """BatchNorm1d's weight, bias and running statistics are gamma, beta, mean and variance."""
    statistics = {
        f"net.1.{part}": (5,) for part in ("weight", "bias", "running_mean", "running_var")
    }
    shapes = {
        **linear(("net.0.weight", "net.0.bias", (5, 4))),
        **statistics,
        "net.1.num_batches_tracked": (),
        **linear(("net.3.weight", "net.3.bias", (5, 5))),
        "net.4.weight": (5,),
        "net.4.bias": (5,),
        **linear(("net.6.weight", "net.6.bias", (3, 5))),
    }
    matching = match(NORMED, archive(**shapes), file="w.npz")
    assert matching.findings == []
    assert matching.mapping["batchnorm1.variance"] == ("net.1.running_var", False)
    assert matching.mapping["layernorm1.gamma"] == ("net.4.weight", False)
    assert matching.mapping["dense2.weight"] == ("net.3.weight", True)


@pytest.mark.parametrize(("separator", "suffix"), [("/", ":0"), ("/", ""), ("/inner/", ":0")])
def test_keras_weights_by_kind_and_number(separator, suffix):
    layers = ["dense_9", "batch_normalization", "dense_10", "layer_normalization", "dense_11"]
    parts = {"weight": "kernel", "mean": "moving_mean", "variance": "moving_variance"}
    order = {"dense1": 0, "batchnorm1": 1, "dense2": 2, "layernorm1": 3, "output": 4}
    wanted = {
        array.name: f"{layers[order[array.layer]]}{separator}"
        f"{parts.get(array.parameter.name, array.parameter.name)}{suffix}"
        for array in NORMED
    }
    shapes = {wanted[array.name]: array.parameter.shape for array in reversed(NORMED)}
    matching = match(NORMED, archive(**shapes), file="w.h5")
    assert matching.findings == []
    assert matching.mapping == {name: (file, False) for name, file in wanted.items()}
    assert matching.rule == "Keras weights"


def test_keras_counts_from_a_name_without_a_number():
    shapes = {}
    for layer, (inputs, outputs) in zip(
        ["dense", "dense_1", "dense_2"], [(4, 5), (5, 6), (6, 3)], strict=True
    ):
        shapes |= {f"{layer}/kernel": (inputs, outputs), f"{layer}/bias": (outputs,)}
    assert files(match(MLP, archive(**shapes), file="w.h5"))[::2] == [
        "dense/kernel",
        "dense_1/kernel",
        "dense_2/kernel",
    ]


def test_our_names_written_by_pytorch_are_read_as_the_shapes_say():
    shapes = {array.name: array.parameter.shape[::-1] for array in MLP}
    matching = match(MLP, archive({"format": "pt"}, **shapes), file="w.safetensors")
    assert matching.findings == []
    assert matching.mapping["dense1.weight"] == ("dense1.weight", True)
    square = {array.name: array.parameter.shape for array in SQUARE}
    matching = match(SQUARE, archive({"format": "pt"}, **square), file="w.safetensors")
    assert codes(matching) == ["weights-ambiguous"]
    assert "layout: out_in" in (matching.findings[0].hint or "")
    for layout, turned in [("out_in", True), ("in_out", False)]:
        matching = match(
            SQUARE, archive({"format": "pt"}, **square), file="w.safetensors", layout=layout
        )
        assert matching.findings == []
        assert matching.mapping["dense1.weight"] == ("dense1.weight", turned)
    assert match(SQUARE, archive(**square), file="w.npz").mapping["output.weight"][1] is False


def test_an_output_layer_alone_with_our_names_is_ours():
    only = dense("output", 0, 4, 4)
    matching = match(only, archive(**{"output.weight": (4, 4), "output.bias": (4,)}), file="w.npz")
    assert matching.findings == []
    assert matching.mapping["output.weight"] == ("output.weight", False)


def test_two_rules_that_fit_are_an_error_that_names_both():
    numbered = {"W1": (4, 4), "b1": (4,), "W2": (4, 4), "b2": (4,)}
    torch = linear(("0.weight", "0.bias", (4, 4)), ("2.weight", "2.bias", (4, 4)))
    matching = match(SQUARE, archive(**numbered, **torch), file="w.npz")
    assert codes(matching) == ["weights-ambiguous"]
    message, hint = matching.findings[0].message, matching.findings[0].hint
    assert "W1, b1, W2, b2, … and as a PyTorch state dict" in message
    assert hint is not None
    assert "names: {dense1.weight: W1, dense1.bias: b1" in hint
    assert 'dense1.weight: "0.weight"' in hint
    assert matching.mapping == {}


def test_what_is_missing_wrong_or_left_over_is_named():
    shapes = {
        "W1": (5, 4),
        "b1": (5,),
        "W2": (5, 7),
        "b2": (6,),
        "W3": (6, 3),
        "B3": (3,),
        "mu": (4,),
    }
    matching = match(MLP, archive(**shapes), file="w.npz", extras=["mu"])
    assert codes(matching) == [
        "weights-shape",
        "weights-shape",
        "weights-missing",
        "weights-left-over",
    ]
    first, second, missing, left = matching.findings
    assert first.message == "'W1' in w.npz has the shape (5, 4), and dense1.weight needs (4, 5)"
    assert first.hint == "if matrices are stored (out, in), write layout: out_in"
    assert second.hint is None
    assert missing.message == "w.npz has no array 'b3' for output.bias of shape (3,)"
    assert missing.hint == "did you mean 'B3'?"
    assert left.message == "no layer takes 'B3' (3,) from w.npz"
    assert files(matching) == ["b1", "b2", "W3"]


def test_left_over_arrays_of_a_rule_that_fits_are_errors():
    shapes = {array.name: array.parameter.shape for array in MLP} | {"dense3.weight": (3, 3)}
    matching = match(MLP, archive(**shapes), file="w.npz")
    assert codes(matching) == ["weights-left-over"]
    assert len(matching.mapping) == len(MLP)


def test_pytorch_matrices_stored_in_out_need_the_layout():
    shapes = {
        "0.weight": (4, 5),
        "0.bias": (5,),
        "2.weight": (5, 6),
        "2.bias": (6,),
        "4.weight": (6, 3),
        "4.bias": (3,),
    }
    matching = match(MLP, archive(**shapes), file="w.npz")
    assert codes(matching) == ["weights-shape"] * 3
    assert matching.findings[0].hint == "if matrices are stored (in, out), write layout: in_out"
    assert match(MLP, archive(**shapes), file="w.npz", layout="in_out").findings == []


def test_an_unknown_way_of_naming_is_answered_with_the_names_to_write():
    shapes = {
        "hidden/w": (4, 5),
        "hidden: b": (5,),
        "x": (5, 6),
        "y": (6,),
        "z": (3, 6),
        "last": (3,),
    }
    matching = match(MLP, archive(**shapes), file="w.npz")
    assert codes(matching) == ["weights-unmatched"]
    message, hint = matching.findings[0].message, matching.findings[0].hint
    assert "it holds 'hidden/w' (4, 5), 'hidden: b' (5,), 'x' (5, 6)" in message
    assert hint == (
        "write which is which, for example names: {dense1.weight: hidden/w, "
        'dense1.bias: "hidden: b", dense2.weight: x, dense2.bias: y, output.weight: z, output.bias: last}'
    )


def test_a_file_of_a_thousand_arrays_is_told_in_a_few_words():
    shapes = {f"x{number}" + "y" * 500: (1,) * 500 for number in range(1000)}
    finding = match(MLP, archive(**shapes), file="w.npz").findings[0]
    assert "and 988 more" in finding.message
    assert len(finding.message) < 4000


def test_an_empty_file_holds_no_arrays():
    finding = match(MLP, archive(), file="w.npz").findings[0]
    assert finding.code == "weights-unmatched"
    assert "no arrays" in finding.message
