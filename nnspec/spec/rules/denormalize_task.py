"""Only a regression has a scale that its outputs can be led back to."""

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
    """Find `denormalize` in another task."""
    given = spec.output.mean is not None or spec.output.std is not None
    if given and spec.task not in {None, "regression"}:
        message = f"the outputs of a {spec.task} task are probabilities, which have no other scale"
        hint = "take 'denormalize' away; it is for 'task: regression'"
        yield Finding("denormalize-task", message, "/output/denormalize", hint, at="key")


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("denormalize-task", check)]
