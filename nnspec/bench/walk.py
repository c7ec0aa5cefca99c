"""Run a plan step by step through functions of another library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nnspec.plan import INPUT, RESULT

if TYPE_CHECKING:
    from collections.abc import Callable

    from nnspec.plan import Plan, Step


def walk(plan: Plan, kernel: Callable[[Step], Callable[..., Any]]) -> Callable[[Any], Any]:
    """Give a function of rows; `kernel(step)` gives that of one step, from inputs to output.

    A value is let go as soon as another takes its slot, as `x = f(x)` would.
    """
    steps = [
        (kernel(step), tuple(slot for slot, _ in step.inputs), step.output[0])
        for step in plan.steps
    ]

    def run(x: Any) -> Any:
        held = [None] * len(plan.slots)
        held[INPUT] = x
        for call, inputs, output in steps:
            held[output] = call(*[held[slot] for slot in inputs])
        return held[RESULT] if steps else x

    return run
