"""Graphs for the tests: by hand from nodes, or from the text of a spec."""

from __future__ import annotations

import numpy as np
import pytest
import yaml

import nnspec
from nnspec.graph.ir import Graph, Node, Value
from nnspec.ops.activate import ACTIVATE
from nnspec.ops.add import ADD
from nnspec.ops.affine import AFFINE
from nnspec.ops.clip import CLIP
from nnspec.ops.concat import CONCAT
from nnspec.ops.identity import IDENTITY
from nnspec.ops.normalize import NORMALIZE
from nnspec.ops.scale import SCALE
from nnspec.plugin.activation import Activation

OPS = {op.name: op for op in (ACTIVATE, ADD, AFFINE, CLIP, CONCAT, IDENTITY, NORMALIZE, SCALE)}


class Hand:
    """A graph written by hand: `h("affine", "x", "a", weight=…)` adds a node %a that reads %x."""

    def __init__(self, size, dtype="float64"):
        self.values = {"x": Value("x", size)}
        self.nodes, self.dtype = [], dtype

    def __call__(self, op, inputs, output, **settings):
        inputs = tuple(self.values[name] for name in inputs.split())
        arrays = {
            k: np.asarray(v, dtype=self.dtype)
            for k, v in settings.items()
            if k not in {"activation", "parameters", "center_rows", "epsilon"}
        }
        attributes = {k: v for k, v in settings.items() if k in {"activation", "parameters"}}
        if op == "normalize":
            arrays, attributes = {}, {"center": True, "epsilon": 1e-5}
        size = OPS[op].size([v.size for v in inputs], {**attributes, **arrays})
        self.values[output] = Value(output, size)
        self.nodes.append(
            Node(OPS[op], inputs, self.values[output], output.split(".")[0], attributes, arrays)
        )
        return self

    def relu(self, x, output):
        relu = Activation("relu", lambda x: np.maximum(x, 0))
        return self("activate", x, output, activation=relu, parameters={})

    def graph(self, output=None, logits=None, marks=()):
        last = self.values[output] if output else self.nodes[-1].output
        return Graph(
            "hand",
            self.dtype,
            self.values["x"],
            tuple(self.nodes),
            last,
            {name: self.values[name] for name in marks},
            self.values[logits] if logits else None,
        )


def evaluate(graph, x, dtype=np.float64):
    """Run node by node in a dtype of its own choice, apart from plan and engine."""
    values = {graph.input: np.asarray(x, dtype=dtype)}
    for node in graph.nodes:
        out = np.empty((len(x), node.output.size), dtype=dtype)
        arrays = {name: array.astype(dtype) for name, array in node.arrays.items()}
        node.op.kernel([values[v] for v in node.inputs], out, **{**node.attributes, **arrays})
        values[node.output] = out
    return values[graph.output]


@pytest.fixture(scope="session")
def hand():
    return Hand


@pytest.fixture(scope="session")
def run_graph():
    return evaluate


@pytest.fixture
def model():
    """Load a spec of a mapping, with initial weights unless it names some."""

    def load(optimize=True, **parts):
        spec = {"nnspec": 1, "task": "regression", "dtype": "float64", **parts}
        spec.setdefault("weights", {"init": "he_normal", "seed": 1})
        return nnspec.loads(yaml.safe_dump(spec), optimize=optimize)

    return load
