"""A threshold turns a probability into yes or no: one per output, between 0 and 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.rule import Rule
from nnspec.source.document import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import Spec


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find thresholds of the wrong task, number or size."""
    threshold, size = spec.output.threshold, spec.output.layer.size_out
    if threshold is None:
        return
    if spec.task in {"regression", "multiclass"}:
        reason = "numbers" if spec.task == "regression" else "the most probable class"
        message = f"a {spec.task} task gives {reason}, and has no threshold"
        hint = "take 'threshold' away; it is for binary and multilabel tasks"
        yield Finding("threshold-task", message, "/output/threshold", hint, at="key")
        return
    if size is not None and len(threshold) != size:
        message = f"a list of {len(threshold)} for {size} output{'s' * (size != 1)}"
        hint = "give one for all, or one per output"
        yield Finding("threshold-count", message, "/output/threshold", hint)
    is_one = len(set(threshold)) == 1  # then one finding tells it, whatever the number of outputs
    for number, value in enumerate(threshold[:1] if is_one else threshold):
        if not 0 < value < 1:
            message = f"a threshold lies between 0 and 1, and {value:g} does not"
            where = "/output/threshold" if is_one else join("/output/threshold", number)
            yield Finding("threshold-range", message, where, "a probability such as 0.5")


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("threshold", check)]
