"""Labels name the outputs: one each, or no and yes for a binary task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import Spec


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find too many or too few labels."""
    labels, size = spec.output.labels, spec.output.layer.size_out
    if labels is None:
        return
    if spec.task == "binary":
        if len(labels) != 2:
            message = f"a binary task has 2 labels, not {len(labels)}"
            hint = "the first names no, the second yes: [no, yes]"
            yield Finding("labels-count", message, "/output/labels", hint)
    elif spec.task is not None and size is not None and len(labels) != size:
        message = f"{len(labels)} labels for {size} outputs"
        yield Finding("labels-count", message, "/output/labels", "give one label per output")


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("labels-count", check)]
