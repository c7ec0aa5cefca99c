"""For programs: one object with the steps in order and the decision."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from nnspec.show.json_values import plain

if TYPE_CHECKING:
    from nnspec.show.trace import Step, Trace


def render(trace: Trace) -> str:
    """Give {name, task, dtype, source, row, features, steps, decision} in pure ASCII.

    A step is {name, layer, type, op, formula, shape, values, arrays}; `arrays` maps a symbol of
    the formula to its {shape, values}. Numbers that JSON lacks are "NaN" and "Infinity".
    """
    form = {
        "name": trace.name,
        "task": trace.task,
        "dtype": trace.dtype,
        "source": trace.source,
        "row": trace.row,
        "features": trace.features,
        "steps": [_step(step) for step in trace.steps],
        "decision": asdict(trace.decision),
    }
    return json.dumps(plain(form), indent=2)


def _step(step: Step) -> dict[str, Any]:
    return {
        "name": step.name,
        "layer": step.layer,
        "type": step.type,
        "op": step.op,
        "formula": f"{step.name} = {step.formula}" if step.formula else step.name,
        "shape": step.values.shape,
        "values": step.values,
        "arrays": {
            symbol: {"shape": array.shape, "values": array} for symbol, array in step.arrays.items()
        },
    }
