"""What must hold of every graph, checked after it is built and after every pass that changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from nnspec.graph.ir import Graph, Node, Value


class GraphError(Exception):
    """A graph that breaks its own rules: a fault of nnspec, not of its user."""


def verify(graph: Graph) -> None:
    """Check that a graph can run as it stands.

    Every value is made once and before it is read, has the size that its op's rule gives, and
    every array has the graph's dtype; output, marks and logits are values of the graph.

    Raises:
        GraphError: the first rule that is broken, with the node that breaks it.
    """
    made: dict[str, Value] = {}
    _define(made, graph.input, "the input")
    for node in graph.nodes:
        _check_node(graph, node, made)
        _define(made, node.output, node)
    named = [("output", graph.output), *((f"mark {name!r}", v) for name, v in graph.marks.items())]
    if graph.logits is not None:
        named.append(("logits", graph.logits))
    for what, value in named:
        if made.get(value.name) != value:
            raise GraphError(f"graph {graph.name!r}: {what} is {value}, which no node makes")


def _define(made: dict[str, Value], value: Value, where: Node | str) -> None:
    if value.name in made:
        raise GraphError(f"%{value.name} is made twice, the second time by {where}")
    if value.size < 1:
        raise GraphError(f"{value} has no features, in {where}")
    made[value.name] = value


def _check_node(graph: Graph, node: Node, made: dict[str, Value]) -> None:
    for value in node.inputs:
        if made.get(value.name) != value:
            raise GraphError(f"{value} is read before it is made, in {node}")
    for name, array in node.arrays.items():
        if array.dtype != np.dtype(graph.dtype):
            raise GraphError(f"{name} is {array.dtype} in a graph of {graph.dtype}, in {node}")
    try:
        size = node.op.size([value.size for value in node.inputs], node.settings)
    except ValueError as error:
        raise GraphError(f"{error}, in {node}") from error
    if size != node.output.size:
        raise GraphError(f"the op gives {size} features, in {node}")
