"""For a browser: the forward pass step by step, with every number in a table."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from nnspec.show.numbers import grid, number
from nnspec.show.page import Page
from nnspec.show.short import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nnspec.show.decision import Decision
    from nnspec.show.trace import Step, Trace

_LONGEST_NAME = 40


def render(trace: Trace) -> str:
    """Write one page; it has no script, and neither fetches nor links anything."""
    source = f"Row {trace.row} of {short(trace.source, 200)}, in {trace.dtype}"
    page = Page(f"{trace.name}: a forward pass", source)
    for (layer, kind), steps in groupby(trace.steps, key=lambda step: (step.layer, step.type)):
        page.heading(layer if kind == layer else f"{layer} ({kind})")
        for step in steps:
            _step(page, step, trace.features if step.name == "X" else None)
    _decision(page, trace.decision, trace.task)
    return page.render()


def _step(page: Page, step: Step, features: tuple[str, ...] | None) -> None:
    after = f"(1, {step.values.shape[1]})"
    if step.formula:
        shapes = after if step.shapes == after else f"{step.shapes} → {after}"
        page.code(f"{step.name} = {step.formula}", shapes, step.where)
    for symbol, array in step.arrays.items():
        _numbers(page, symbol, array)
    _numbers(page, step.name, step.values[0], features or ())


def _numbers(page: Page, symbol: str, array: NDArray[Any], names: Sequence[str] = ()) -> None:
    rows, gist = grid(array)
    head = [short(name, _LONGEST_NAME) for name in names] if not gist else ()
    page.table(head, rows, numbers=range(len(rows[0]) if rows else 0), caption=symbol)
    if gist:
        page.say(gist, look="quiet")


def _decision(page: Page, decision: Decision, task: str) -> None:
    page.heading({"regression": "Prediction", "binary": "Decision"}.get(task, "Classes"))
    bars = task != "regression" and decision.shares  # of a predicted quantity a bar would lie
    rows = [
        [
            short(one.label, _LONGEST_NAME),
            number(one.value),
            ET.Element("meter", {"value": f"{one.value:.6f}"}) if bars else "",
            one.verdict,
        ]
        for one in decision.outcomes
    ]
    page.table((), rows, numbers=(1,))
    if decision.answer is not None:
        page.say(f"→ {short(decision.answer, 400)}: {decision.rule}")
    elif task != "regression":
        page.say("→ nothing can be decided: an output is NaN")
