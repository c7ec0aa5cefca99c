"""A binary task has one output: the probability of yes."""

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
    """Find a binary task with more than one output."""
    size = spec.output.layer.size_out
    if spec.task == "binary" and size is not None and size != 1:
        hint = "write 'size: 1'"
        if size == 2:
            hint += ", or 'task: multiclass' for one probability per class"
        message = f"a binary task has 1 output, not {size}"
        yield Finding("binary-size", message, "/output/size", hint)


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("binary-size", check)]
