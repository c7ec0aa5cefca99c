"""The forward pass of one row, with every value on the way and the formula it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.show.decision import decide
from nnspec.show.notation import write
from nnspec.show.places import places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from nnspec.graph.ir import Graph, Value
    from nnspec.model import Model
    from nnspec.show.decision import Decision
    from nnspec.show.places import Place

_PREPARED = {"clip": "X_clipped", "scale": "X_normalized"}
_DENSE = {"affine": "A", "activate": "Z"}


@dataclass(frozen=True)
class Step:
    """One value: `name = formula`.

    Attributes:
        name: its symbol: X, then A1 = X W1 + b1 and Z1 = h(A1) for the first dense layer, H1,
            H2, … for what leaves layers of other kinds, y at the end.
        layer, type: the layer and its kind; "input" for what comes before the first.
        op: the op of the graph; "input" for X.
        formula: the right side; "" for X.
        shapes: the shapes that the right side joins.
        values: (1, features).
        arrays: symbol → the array it stands for in the formula.
        where: what a function in the formula means, "" where nothing needs to be said.
    """

    name: str
    layer: str
    type: str
    op: str
    formula: str
    shapes: str
    values: NDArray[Any]
    arrays: Mapping[str, NDArray[Any]]
    where: str = ""


@dataclass(frozen=True)
class Trace:
    """A forward pass.

    Attributes:
        name: the network's.
        source, row: where the row comes from.
        features: names of the inputs, where they have some.
    """

    name: str
    task: str
    dtype: str
    source: str
    row: int
    features: tuple[str, ...] | None
    steps: tuple[Step, ...]
    decision: Decision


def trace(model: Model, x: NDArray[Any], *, source: str, row: int) -> Trace:
    """Run the graph as the spec has it, unoptimized, node by node, for one row.

    `x` is (1, inputs) of the model's dtype; `source` and `row` tell where it comes from.

    Raises:
        PluginError: an activation broke its promise.
    """
    graph, spec = model.original_graph, model.spec
    origins = places(model)
    names = _symbols(graph, origins)
    values = {graph.input: x}
    steps = [Step("X", "input", "input", "input", "", "", x, {})]
    for node in graph.nodes:
        out = np.empty((1, node.output.size), dtype=graph.dtype)
        with np.errstate(all="ignore"):
            node.op.kernel([values[value] for value in node.inputs], out, **node.settings)
        values[node.output] = out
        place = origins[node.origin]
        on_paper = write(node, place, [names[value] for value in node.inputs])
        steps.append(
            Step(
                names[node.output],
                place.name,
                place.type,
                node.op.name,
                on_paper.formula,
                on_paper.shapes,
                out,
                on_paper.arrays,
                on_paper.where,
            )
        )
    y = values[graph.output]
    if names[graph.output] != "y":
        formula, shape = names[graph.output], f"(1, {graph.output.size})"
        steps.append(Step("y", "output", "dense", "output", formula, shape, y, {}))
    assert spec.task is not None
    return Trace(
        spec.name,
        spec.task,
        spec.dtype,
        source,
        row,
        spec.input.features,
        tuple(steps),
        decide(y[0], spec),
    )


def _symbols(graph: Graph, origins: Mapping[str, Place]) -> dict[Value, str]:
    """Give every value its symbol; the output is y, unless it is a plain A = X W + b."""
    symbols = {graph.input: "X"}
    others = 0
    for node in graph.nodes:
        place = origins[node.origin]
        if node.output == graph.output and node.op.name != "affine":
            symbol = "y"
        elif place.type == "input" and node.op.name in _PREPARED:
            symbol = _PREPARED[node.op.name]
        elif place.dense is not None and node.op.name in _DENSE:
            symbol = f"{_DENSE[node.op.name]}{place.dense}"
        else:
            others += 1
            symbol = f"H{others}"
        symbols[node.output] = symbol
    return symbols
