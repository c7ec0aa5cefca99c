"""For programs: one object with the layers in order, the weights and the graphs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from nnspec.show.json_values import plain

if TYPE_CHECKING:
    from nnspec.graph.ir import Graph
    from nnspec.plugin.choose import Choice
    from nnspec.show.summary import Row, Summary


def render(summary: Summary) -> str:
    """Give name, task, dtype, input, output, layers, total, weights, graphs, passes, engine.

    It is pure ASCII. `weights`, `graph`, `optimized` and `engine` are null without weights.
    """
    spec, rows = summary.spec, summary.rows
    output = spec.output
    form = {
        "name": spec.name,
        "description": spec.description,
        "task": spec.task,
        "dtype": spec.dtype,
        "input": asdict(spec.input),
        "output": {
            "size": output.layer.size_out,
            "labels": output.labels,
            "threshold": output.threshold,
            "mean": output.mean,
            "std": output.std,
        },
        "layers": [_row(row) for row in rows],
        "total": {
            "parameters": sum(row.parameters for row in rows),
            "flops": sum(row.flops for row in rows),
            "bytes": sum(row.bytes for row in rows),
        },
        "weights": None if summary.weights is None else asdict(summary.weights),
        "graph": _nodes(summary.graph),
        "optimized": _nodes(summary.optimized),
        "passes": [asdict(note) for note in summary.notes],
        "engine": None if summary.engine is None else _engine(summary.engine),
    }
    return json.dumps(plain(form), indent=2)


def _engine(choice: Choice) -> dict[str, str]:
    engine = choice.engine
    return {"name": engine.name, "summary": engine.summary, "why": choice.why}


def _row(row: Row) -> dict[str, Any]:
    return {**asdict(row), "shape": [row.size], "batch_shape": ["n", row.size]}


def _nodes(graph: Graph | None) -> list[str] | None:
    return None if graph is None else [str(node) for node in graph.nodes]
