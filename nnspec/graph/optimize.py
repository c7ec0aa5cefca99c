"""The passes in their order, again and again until none changes anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.graph.passes import (
    collapse_affine,
    dead_code,
    drop_identity,
    fold_scale_after,
    fold_scale_before,
    merge_scales,
)
from nnspec.graph.verify import verify

if TYPE_CHECKING:
    from nnspec.graph.ir import Graph
    from nnspec.graph.note import Note

ORDER = (
    dead_code,
    drop_identity,
    merge_scales,  # before the folds: a merged scale keeps its center, and so its digits
    fold_scale_after,  # before its sister: it loses nothing, whatever the numbers
    fold_scale_before,
    collapse_affine,
)


def optimize(graph: Graph) -> tuple[Graph, tuple[Note, ...]]:
    """Simplify a graph without changing what it computes beyond rounding.

    Every pass that fires takes a node away, so there can be no more rounds than nodes.

    Returns:
        The graph, and what the passes did, in order; then why those that could have did not.
    """
    done: list[Note] = []
    for _ in range(len(graph.nodes) + 1):
        refused: list[Note] = []
        before = graph
        for each in ORDER:
            given = graph
            graph, notes = each.run(given)
            if graph is not given:
                verify(graph)
            done += [note for note in notes if note.fired]
            refused += [note for note in notes if not note.fired]
        if graph is before:
            break
    return graph, (*done, *refused)
