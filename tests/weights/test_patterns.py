"""The key `names`: patterns, names one by one, both together, and what means nothing."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec.plugin.layer import Parameter
from nnspec.spec.parameters import Expected
from nnspec.weights.archive import Archive, Entry
from nnspec.weights.names import match

MLP = [
    Expected(layer, "dense", number, Parameter(name, shape))
    for number, (layer, inputs, outputs) in enumerate(
        [("dense1", 4, 5), ("dense2", 5, 6), ("output", 6, 3)]
    )
    for name, shape in [("weight", (inputs, outputs)), ("bias", (outputs,))]
]


def archive(**shapes: tuple[int, ...]) -> Archive:
    return Archive(
        {n: Entry(shape, "float32", lambda: np.zeros(())) for n, shape in shapes.items()}
    )


def files(matching) -> list[str]:
    return [name for name, _ in matching.mapping.values()]


def codes(matching) -> list[str]:
    return [finding.code for finding in matching.findings]


def test_names_by_patterns_and_one_by_one():
    """An explicit name wins over a pattern, and what neither covers has our own name."""
    shapes = {
        "w_0": (4, 5),
        "dense1-b": (5,),
        "w_1": (5, 6),
        "dense2-b": (6,),
        "head": (6, 3),
        "output-b": (3,),
    }
    names = {"weight": "w_{n0}", "bias": "{layer}-b", "output.weight": "head"}
    matching = match(MLP, archive(**shapes), file="w.npz", names=names)
    assert matching.findings == []
    assert files(matching) == list(shapes)
    shapes = {
        "W1": (4, 5),
        "dense1.bias": (5,),
        "W2": (5, 6),
        "dense2.bias": (6,),
        "W3": (6, 3),
        "output.bias": (3,),
    }
    matching = match(MLP, archive(**shapes), file="w.npz", names={"weight": "W{n}"})
    assert files(matching) == list(shapes)


def test_names_and_layout_together():
    shapes = {"encoder.weight": (5, 4), "encoder.bias": (5,), "middle.weight": (6, 5)}
    shapes |= {"middle.bias": (6,), "head.weight": (3, 6), "head.bias": (3,)}
    names = {
        f"{ours}.{part}": f"{theirs}.{part}"
        for ours, theirs in [("dense1", "encoder"), ("dense2", "middle"), ("output", "head")]
        for part in ("weight", "bias")
    }
    matching = match(MLP, archive(**shapes), file="w.npz", names=names, layout="out_in")
    assert matching.findings == []
    assert matching.mapping["output.weight"] == ("head.weight", True)
    matching = match(MLP, archive(**shapes), file="w.npz", names=names)
    assert codes(matching) == ["weights-shape"] * 3
    assert matching.findings[0].pointer == "/weights/names/dense1.weight"
    assert matching.findings[0].hint == "if matrices are stored (out, in), write layout: out_in"


@pytest.mark.parametrize(
    ("names", "pointer", "text"),
    [
        ({"wieght": "W{n}"}, "/weights/names/wieght", "did you mean 'weight'?"),
        ({"dense9.weight": "W1"}, "/weights/names/dense9.weight", "did you mean"),
        ({"weight": "W{k}"}, "/weights/names/weight", "{n}, {n0} and {layer}"),
        ({"weight": "W{n.__class__}"}, "/weights/names/weight", "{n}, {n0} and {layer}"),
    ],
)
def test_a_key_or_placeholder_that_means_nothing_is_named(names, pointer, text):
    shapes = {array.name: array.parameter.shape for array in MLP}
    finding = match(MLP, archive(**shapes), file="w.npz", names=names).findings[0]
    assert (finding.code, finding.pointer) == ("weights-names", pointer)
    assert text in (finding.hint or "")
