"""The moves that passes are made of: leave a node out, or make one node of two."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nnspec.graph.ir import Node
from nnspec.graph.note import Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

    from nnspec.graph.ir import Graph, Value
    from nnspec.plugin.op import Op


class RefusedError(Exception):
    """A fold that would cost more than it saves; the message is the second half of a sentence."""


def readers(graph: Graph) -> dict[str, list[Node]]:
    """Map the name of every value to the nodes that read it."""
    found: dict[str, list[Node]] = {}
    for node in graph.nodes:
        for name in {value.name for value in node.inputs}:
            found.setdefault(name, []).append(node)
    return found


def restrict(graph: Graph, nodes: Iterable[Node]) -> Graph:
    """Give the graph other nodes, with those marks and logits that are still computed."""
    nodes = tuple(nodes)
    made = {graph.input, *(node.output for node in nodes)}
    return replace(
        graph,
        nodes=nodes,
        marks={name: value for name, value in graph.marks.items() if value in made},
        logits=graph.logits if graph.logits in made else None,
    )


def skip(
    graph: Graph, unneeded: Callable[[Node], str | None], name: str
) -> tuple[Graph, list[Note]]:
    """Leave out nodes that give back their first input: y = x, so that readers of y read x.

    Of the two names the one that a layer has stays: `dense1` for y where x is `dense1.affine`.

    Args:
        graph: the graph.
        unneeded: says why a node does nothing; None for all others.
        name: the pass, for its notes.
    """
    notes = []
    layers = {graph.input, *graph.marks.values()}
    instead: dict[Value, Value] = {}
    kept: list[Node] = []
    for node in graph.nodes:
        reason = unneeded(node)
        if reason is None:
            kept.append(node)
            continue
        notes.append(Note(name, True, f"%{node.output.name} left out: {reason}"))
        x, y = node.inputs[0], node.output
        while x in instead:
            x = instead[x]
        old, new = (y, x) if x in layers else (x, y)
        instead[old] = new
        if new == y:
            layers.add(y)
    return (_substitute(graph, kept, instead) if notes else graph), notes


def _substitute(graph: Graph, nodes: list[Node], instead: Mapping[Value, Value]) -> Graph:
    def final(value: Value) -> Value:
        while value in instead:
            value = instead[value]
        return value

    return replace(
        graph,
        nodes=tuple(
            replace(n, inputs=tuple(map(final, n.inputs)), output=final(n.output)) for n in nodes
        ),
        output=final(graph.output),
        marks={name: final(value) for name, value in graph.marks.items()},
        logits=None if graph.logits is None else final(graph.logits),
    )


def fuse(
    graph: Graph,
    name: str,
    pattern: tuple[Op, Op],
    op: Op,
    fold: Callable[[Node, Node, str], dict[str, NDArray[Any]]],
) -> tuple[Graph, list[Note]]:
    """Make one node of two that follow each other, wherever nobody else reads between them.

    Args:
        graph: the graph.
        name: the pass, for its notes.
        pattern: the ops of the first and the second node.
        op: the op of the node that takes their place.
        fold: `fold(first, second, dtype)` gives its arrays, or raises RefusedError.
    """
    notes: list[Note] = []
    uses = readers(graph)
    nodes: list[Node | None] = []
    made: dict[str, int] = {}
    for second in graph.nodes:
        node = second
        index = made.get(second.inputs[0].name)
        first = None if index is None else nodes[index]
        if index is not None and first is not None and (first.op, second.op) == pattern:
            try:
                _nobody_else(graph, first, second, uses)
                arrays = fold(first, second, graph.dtype)
            except RefusedError as reason:
                notes.append(
                    Note(name, False, f"{_named(first)} stays before {_named(node)}: {reason}")
                )
            else:
                origins = dict.fromkeys([*first.origin.split("+"), *second.origin.split("+")])
                node = Node(op, first.inputs, second.output, "+".join(origins), arrays=arrays)
                nodes[index] = None
                text = f"{_named(first)} and {_named(second)} are one {op.name}"
                notes.append(Note(name, True, text))
        made[node.output.name] = len(nodes)
        nodes.append(node)
    if not any(note.fired for note in notes):
        return graph, notes
    return restrict(graph, (node for node in nodes if node is not None)), notes


def _named(node: Node) -> str:
    return f"{node.op.name} %{node.output.name}"


def _nobody_else(graph: Graph, first: Node, second: Node, uses: Mapping[str, list[Node]]) -> None:
    value = first.output
    if value == graph.output:
        raise RefusedError(f"%{value.name} is the graph's output")
    others = [node.origin for node in uses[value.name] if node.output != second.output]
    if others:
        raise RefusedError(f"%{value.name} is also read by {', '.join(dict.fromkeys(others))}")
