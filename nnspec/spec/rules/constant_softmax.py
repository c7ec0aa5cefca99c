"""Advice: a softmax over one unit is 1, whatever goes in."""

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

_CONSTANT = {"softmax": 1, "softmin": 1, "sparsemax": 1, "hardmax": 1, "log_softmax": 0}
"""What they give where a row has one number."""


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find an activation that shares 1 among the units of a layer that has only one."""
    for layer in spec.walk():
        use = layer.activation
        if use is None or use.name not in _CONSTANT or layer.units != 1:
            continue
        hint = "sigmoid works on one number"
        if layer is spec.output.layer and spec.task == "multiclass":
            hint = "'task: binary' has one output, the probability of yes"
        elif layer is spec.output.layer:
            hint = "take 'activation' out: the task has a default"
        yield Finding(
            "constant-softmax",
            f"{use.written} over one unit gives {_CONSTANT[use.name]}, whatever goes in",
            join(use.pointer, "name"),
            hint,
            "warning",
        )


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("constant-softmax", check)]
