"""A network on paper: one equation for each step of its graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nnspec.records import dataclass
from nnspec.show.notation import write
from nnspec.show.places import places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from nnspec.graph.ir import Graph, Node, Value
    from nnspec.show.notation import Written
    from nnspec.show.places import Place
    from nnspec.spec.model import Spec

_PREPARED = {"clip": "X_clipped", "scale": "X_normalized"}
_DENSE = {"affine": "A", "activate": "Z"}


@dataclass(frozen=True)
class Equation:
    """`symbol = right side`.

    Attributes:
        symbol: A1 = X W1 + b1 and Z1 = h(A1) for the first dense layer, H1, H2, … for what
            leaves layers of other kinds, y at the end.
        place: the layer that it belongs to.
    """

    symbol: str
    node: Node
    place: Place
    written: Written

    @property
    def shapes(self) -> str:
        """The shapes that the right side joins, and what comes of it, for one row."""
        shape = f"(1, {self.node.output.size})"
        joined = self.written.shapes
        return shape if joined == shape else f"{joined} → {shape}"


def equations(
    graph: Graph,
    spec: Spec,
    arrays: Mapping[str, NDArray[Any]],
    extras: Mapping[str, NDArray[Any]],
) -> tuple[Equation, ...]:
    """Write a graph down in the order in which it runs; X is its input.

    `arrays` are the weights, `extras` what clip, normalize and denormalize take from their file.
    """
    origins = places(spec, arrays, extras)
    symbols = _symbols(graph, origins)
    return tuple(
        Equation(
            symbols[node.output],
            node,
            origins[node.origin],
            write(node, origins[node.origin], [symbols[value] for value in node.inputs]),
        )
        for node in graph.nodes
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
