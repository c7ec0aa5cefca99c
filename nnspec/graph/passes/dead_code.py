"""A value that nobody needs is not computed: only what leads to the output stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.graph.note import Note
from nnspec.graph.rewrite import restrict

if TYPE_CHECKING:
    from nnspec.graph.ir import Graph, Node


def run(graph: Graph) -> tuple[Graph, list[Note]]:
    """Leave out every node from which no way leads to the output."""
    needed = {graph.output}
    kept: list[Node] = []
    for node in reversed(graph.nodes):
        if node.output in needed:
            kept.append(node)
            needed.update(node.inputs)
    if len(kept) == len(graph.nodes):
        return graph, []
    notes = [
        Note("dead_code", True, f"%{node.output.name} left out: the output does not need it")
        for node in graph.nodes
        if node.output not in needed
    ]
    return restrict(graph, reversed(kept)), notes
