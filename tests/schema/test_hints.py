"""What a teacher would say to forty usual mistakes, most of them habits from other systems."""

from __future__ import annotations

import pytest

CASES = [
    # keys and values as other systems call them
    ({"layers": [{"units": 8}]}, "/layers/0/units", "nnspec calls it 'size'"),
    ({"layers": [{"size": 8, "use_bias": True}]}, "/layers/0/use_bias", "nnspec calls it 'bias'"),
    ({"layers": [{"type": "dropout", "p": 0.5}]}, "/layers/0/p", "nnspec calls it 'rate'"),
    ({"layers": [{"type": "batchnorm", "eps": 1}]}, "/layers/0/eps", "nnspec calls it 'epsilon'"),
    ({"layers": [{"type": "Linear"}]}, "/layers/0/type", "nnspec calls it 'dense'"),
    ({"layers": [{"type": "linear"}]}, "/layers/0/type", "nnspec calls it 'dense'"),
    ({"layers": [{"type": "BatchNorm1d"}]}, "/layers/0/type", "nnspec calls it 'batchnorm'"),
    ({"task": "classification"}, "/task", "nnspec calls it 'multiclass'"),
    ({"dtype": "double"}, "/dtype", "nnspec calls it 'float64'"),
    ({"weights": {"path": "w.npz"}}, "/weights/path", "nnspec calls it 'file'"),
    ({"weights": {"init": "xavier"}}, "/weights/init", "nnspec calls it 'glorot_uniform'"),
    ({"output": {"units": 3}}, "/output/units", "nnspec calls it 'size'"),
    ({"output": {"size": 3, "classes": ["a"]}}, "/output/classes", "nnspec calls it 'labels'"),
    ({"input": {"size": 4, "normalize": {"sd": 1}}}, "/input/normalize/sd", "calls it 'std'"),
    # keys in another place
    (
        {"layers": [{"size": 8, "activation": "leaky_relu", "negative_slope": 0.1}]},
        "/layers/0/negative_slope",
        "it belongs to the activation: {name: leaky_relu, negative_slope: …}",
    ),
    ({"layers": [{"size": 8, "dropout": 0.5}]}, "/layers/0/dropout", "{type: dropout, …}"),
    ({"layers": [{"dense": {"size": 8}}]}, "/layers/0/dense", "write {type: dense, …}"),
    ({"layers": [{"size:8": None}]}, "/layers/0/size:8", "put a space after the colon: 'size: 8'"),
    ({"layers": [{"type": "relu"}]}, "/layers/0/type", "{type: activation, activation: relu}"),
    *(
        ({"layers": [{"size": 8, "activation": activation}]}, "/layers/0/activation", hint)
        for activation, hint in [
            ({"gelu": {}}, "write gelu"),
            ({"gelu": {"approximate": "tanh"}}, "write {name: gelu, approximate: …}"),
            ({"leaky_relu": 0.1}, "write {name: leaky_relu, …}"),
            ({"type": "relu"}, "write 'name' for 'type': {name: relu, …}"),
            ({"approximate": "tanh"}, "as in {name: gelu, approximate: tanh}"),
            ("leaky_relu(0.1)", "parameters stand in a mapping: {name: leaky_relu, …}"),
            (3, "write its name, as in relu"),
        ]
    ),
    ({"weights": {"file": "w.npz", "values": {}}}, "/weights/values", "keep one of them"),
    ({"weights": {"init": "zeros", "file": "w"}}, "/weights/init", "keep one of them"),
    ({"weights": {"output.weight": [[1]]}}, "/weights", "arrays stand under 'values'"),
    ({"weights": {"foo": 1}}, "/weights", "add 'file', 'values' or 'init'"),
    ({"weights": {"seed": 3}}, "/weights", "add 'init: he_normal'"),
    # other types
    ({"layers": {"dense1": {"size": 8}}}, "/layers", "begin each item with '- '"),
    ({"checks": {"input": "x", "output": "y"}}, "/checks", "begin each item with '- '"),
    ({"layers": ["dense"]}, "/layers/0", "a layer is a mapping: {size: 8, activation: relu}"),
    ({"layers": [[8, "relu"]]}, "/layers/0", "a layer is a mapping"),
    ({"layers": [{"size": 8, "activation": ["relu"]}]}, "/layers/0/activation", "write relu, with"),
    ({"input": [28, 28]}, "/input", "a row is flat: write the product, 784"),
    ({"input": {"size": [8, 8]}}, "/input/size", "a row is flat: write the product, 64"),
    ({"input": ["a", "b"]}, "/input", "write {size: 2, features: […]}"),
    ({"output": ["a", "b"]}, "/output", "write {size: 2, labels: […]}"),
    ({"input": {"size": 4, "clip": [0, 1]}}, "/input/clip", "write {min: …, max: …}"),
    ({"input": {"size": 4, "normalize": True}}, "/input/normalize", "write {mean: …, std: …}"),
    ({"weights": ["w.npz"]}, "/weights", "write w.npz, without brackets"),
    ({"weights": {"values": {"a": "b"}}}, "/weights/values/a", "A list of numbers, or of rows"),
    ({"task": ["binary"]}, "/task", "write regression, binary, multilabel or multiclass"),
]


@pytest.mark.parametrize(("other", "pointer", "hint"), CASES, ids=lambda case: str(case)[:60])
def test_one_finding_with_the_hint_of_a_teacher(judge, spec, other, pointer, hint):
    (finding,) = judge(spec(**other))
    assert finding.pointer == pointer
    assert hint in finding.hint


def test_a_key_of_another_system_is_no_missing_key_besides(judge, spec):
    data = spec()
    data["hidden_layers"] = data.pop("layers")
    (finding,) = judge(data)
    assert (finding.code, finding.hint) == ("unknown-key", "nnspec calls it 'layers'")


def test_a_long_list_is_counted_and_not_multiplied(judge, spec):
    (finding,) = judge(spec(input=list(range(1, 101))))
    assert finding.hint == "give their number: 100"
