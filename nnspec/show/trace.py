"""The forward pass of one row, with every value on the way and the formula it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.records import dataclass
from nnspec.show.decision import decide
from nnspec.show.equations import equations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from nnspec.model import Model
    from nnspec.show.decision import Decision


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
    graph, spec, loaded = model.original_graph, model.spec, model.loaded
    values = {graph.input: x}
    steps = [Step("X", "input", "input", "input", "", "", x, {})]
    for equation in equations(graph, spec, loaded.arrays, loaded.extras):
        node, place, on_paper = equation.node, equation.place, equation.written
        out = np.empty((1, node.output.size), dtype=graph.dtype)
        with np.errstate(all="ignore"):
            node.op.kernel([values[value] for value in node.inputs], out, **node.settings)
        values[node.output] = out
        steps.append(
            Step(
                equation.symbol,
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
    if steps[-1].name != "y":
        shape = f"(1, {graph.output.size})"
        steps.append(Step("y", "output", "dense", "output", steps[-1].name, shape, y, {}))
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
