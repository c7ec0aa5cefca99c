"""A spec written out whole says the same, whatever it left out before."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnspec.schema.check import check
from nnspec.source.document import Document
from nnspec.source.yaml import read_file
from nnspec.spec.build import build
from nnspec.spec.render import render

VALID = sorted((Path(__file__).parents[1] / "specs" / "valid").glob("*.yaml"))


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_it_validates_again_to_the_same_spec(registry, schema, path):
    document, _ = read_file(path)
    assert check(document, schema) == []
    spec, _ = build(document, [], registry)
    again = Document(render(spec), "other.yaml", Path(), "", {}, {})
    assert check(again, schema) == []
    assert build(again, [], registry) == (spec, [])


def test_every_default_stands_there_in_the_order_of_the_contract(sound):
    spec = sound(
        task="multilabel",
        layers="[{size: 5}, {type: batchnorm}, {type: residual, layers: [{size: 5, activation: gelu}]}]",
        output="{size: 3, labels: [a, b, c]}",
        weights="{init: zeros}",
        checks="[{input: x.npy, output: y.npy}]",
    )
    assert list(render(spec)) == [
        "nnspec", "name", "task", "dtype", "input", "layers", "output", "weights", "checks",
    ]  # fmt: skip
    assert render(spec)["input"] == {"size": 4}
    assert render(spec)["layers"] == [
        {"type": "dense", "name": "dense1", "size": 5, "bias": True, "activation": "identity"},
        {"type": "batchnorm", "name": "batchnorm1", "epsilon": 1e-3, "center": True, "scale": True},
        {
            "type": "residual",
            "name": "residual1",
            "layers": [
                {
                    "type": "dense",
                    "name": "dense2",
                    "size": 5,
                    "bias": True,
                    "activation": {"name": "gelu", "approximate": "none"},
                }
            ],
        },
    ]
    assert render(spec)["output"] == {
        "size": 3, "labels": ["a", "b", "c"], "threshold": 0.5, "activation": "sigmoid",
    }  # fmt: skip
    assert render(spec)["weights"] == {"init": "zeros", "seed": 0}
    (case,) = render(spec)["checks"]
    assert case == {"input": "x.npy", "output": "y.npy", "rtol": 1e-5, "atol": 1e-6}
