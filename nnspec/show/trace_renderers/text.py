"""For people: layer by layer, formula, shapes and values, and the answer at the end."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING, Any

from nnspec.diagnostics.quote import escape
from nnspec.show.numbers import matrix, number, vector
from nnspec.show.short import short
from nnspec.show.table import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from nnspec.show.decision import Decision
    from nnspec.show.trace import Step, Trace

_INDENT, _DEEP = "  ", "      "
_BAR = 30
_MOST_OUTCOMES = 20


def render(trace: Trace) -> str:
    """Write the forward pass out in lines of at most 100 columns."""
    blocks = [
        f"{escape(trace.name)}: row {trace.row} of {short(trace.source, 60)}, in {trace.dtype}"
    ]
    for (layer, kind), steps in groupby(trace.steps, key=lambda step: (step.layer, step.type)):
        title = escape(layer) if kind == layer else f"{escape(layer)} ({escape(kind)})"
        blocks.append("\n".join([title, *(line for step in steps for line in _step(step))]))
    return "\n\n".join([*blocks, "\n".join(_decision(trace.decision, trace.task))])


def _step(step: Step) -> Iterator[str]:
    if step.formula:
        formula = f"{_INDENT}{step.name} = {step.formula}"
        after = _shape(step.values)
        shapes = after if step.shapes == after else f"{step.shapes} → {after}"
        gap = max(34 - len(formula), 3)
        if len(formula) + gap + len(shapes) <= WIDTH:
            yield f"{formula}{' ' * gap}{shapes}"
        else:
            yield formula
            yield f"{_DEEP}{shapes}"
        if step.where:
            yield f"{_DEEP}{escape(step.where)}"
    else:
        yield f"{_INDENT}{step.name.ljust(32)}{_shape(step.values)}"
    for symbol, array in step.arrays.items():
        yield from _assigned(f"{_DEEP}{symbol} = ", array)
    yield from _assigned(f"{_INDENT}{step.name} = ", step.values[0])


def _assigned(start: str, array: NDArray[Any]) -> Iterator[str]:
    width = WIDTH - len(start)
    if array.ndim == 0:
        lines = [number(array[()])]
    else:
        lines = vector(array, width) if array.ndim == 1 else matrix(array, width)
    for k, line in enumerate(lines):
        yield f"{start if k == 0 else ' ' * len(start)}{line}"


def _shape(values: NDArray[Any]) -> str:
    return f"(1, {values.shape[1]})"


def _decision(decision: Decision, task: str) -> Iterator[str]:
    outcomes = decision.outcomes[:_MOST_OUTCOMES]
    labels = [short(one.label, 40) for one in outcomes]
    wide = max(map(len, labels), default=0)
    values = [number(one.value) for one in outcomes]
    figures = max(map(len, values), default=0)
    bars = task != "regression" and decision.shares  # of a predicted quantity a bar would lie
    yield {"regression": "prediction", "binary": "decision"}.get(task, "classes")
    for label, value, one in zip(labels, values, outcomes, strict=True):
        line = f"{_INDENT}{label.ljust(wide)}  {value.ljust(figures)}"
        line += f"  {_bar(one.value).ljust(_BAR)}" if bars else ""
        yield f"{line}  {one.verdict}".rstrip()
    if len(decision.outcomes) > len(outcomes):
        yield f"{_INDENT}and {len(decision.outcomes) - len(outcomes):,} more"
    if decision.answer is not None:
        yield f"{_INDENT}→ {short(decision.answer, 60)}: {decision.rule}"
    elif task != "regression":
        yield f"{_INDENT}→ nothing can be decided: an output is NaN"


def _bar(value: Any) -> str:
    """Draw a share of 1 to an eighth of a column."""
    eighths = math.floor(float(value) * _BAR * 8 + 0.5)
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].rstrip()
