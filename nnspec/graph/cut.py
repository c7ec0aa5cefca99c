"""The graph that ends earlier: at a layer, or before the output activation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nnspec.graph.passes import dead_code
from nnspec.graph.verify import GraphError, verify

if TYPE_CHECKING:
    from nnspec.graph.ir import Graph, Value


def until(graph: Graph, value: Value) -> Graph:
    """End a graph at one of its values; what comes after it is left out.

    To be done before the passes run, which may fold the value away.

    Raises:
        GraphError: no node of the graph makes the value.
    """
    if value not in {graph.input, *(node.output for node in graph.nodes)}:
        raise GraphError(f"{value} is no value of graph {graph.name!r}")
    shorter, _ = dead_code.run(replace(graph, output=value))
    verify(shorter)
    return shorter


def logits(graph: Graph) -> Graph:
    """End a graph at the value that enters its output activation."""
    if graph.logits is None:
        raise GraphError(f"graph {graph.name!r} no longer computes its logits")
    return until(graph, graph.logits)
