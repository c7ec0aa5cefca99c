"""Advice: the output activation gives what the task needs: numbers, or probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.rule import Rule
from nnspec.source.document import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.plugin.activation import Activation
    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import Spec, Task

_PROBABILITIES = frozenset({"(0, 1)", "[0, 1]", "(0, 1]", "[0, 1)", "{0, 1}"})
"""Ranges, as an Activation states them, within that of a probability."""


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find an output activation that is at odds with the task; what it is unsure of may be."""
    use, units = spec.output.layer.activation, spec.output.layer.units
    if use is None or use.name is None or units is None or spec.task is None:
        return
    activation = registry.activations[use.name]
    if activation.rowwise and units == 1:
        return  # the rule of softmax over one output
    is_scaled = spec.output.mean is not None
    reason, hint = _judge(activation, spec.task, is_scaled=is_scaled) or (None, None)
    if reason is not None:
        message = f"{use.written} {reason}"
        where = join(use.pointer, "name")
        yield Finding("output-activation", message, where, hint, "warning")


def _judge(activation: Activation, task: Task, *, is_scaled: bool) -> tuple[str, str] | None:
    """Say what is wrong with an activation for a task, and what to write; None: nothing."""
    gives = f"gives values in {activation.range}"
    is_share = activation.rowwise and activation.range in _PROBABILITIES
    match task:
        case "regression":
            if activation.range in _PROBABILITIES and not is_scaled:
                hint = "take 'activation' out, or scale with 'denormalize' if that is meant"
                return f"{gives}, and the targets of a regression may be any numbers", hint
        case "multiclass":
            if not activation.rowwise and activation.name != "identity":
                reason = "judges each output by itself, and the classes of a multiclass task share"
                hint = "take 'activation' out: softmax is the default"
                if activation.range in _PROBABILITIES:
                    hint += "; for several answers at once, 'task: multilabel'"
                return f"{reason} the probability of 1", hint
        case "binary" | "multilabel":
            hint = "take 'activation' out: sigmoid is the default"
            if is_share:
                reason = f"shares 1 among the outputs, and those of a {task} task are independent"
                return reason, f"{hint}; for one label of many, 'task: multiclass'"
            if activation.range and activation.range not in _PROBABILITIES:
                return f"{gives}, and a {task} task compares a probability with its threshold", hint
    return None


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("output-activation", check)]
