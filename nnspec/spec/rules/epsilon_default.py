"""Advice: weights from a file were trained with an epsilon, and frameworks differ in theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.rule import Rule
from nnspec.source.document import join
from nnspec.spec.chain import hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import Spec


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find layers that leave their epsilon to a default, in a spec whose weights are a file."""
    if spec.weights is None or spec.weights.file is None:
        return
    for layer in hidden(spec):
        epsilon = layer.settings.get("epsilon")
        if epsilon is not None and not spec.says(join(layer.pointer, "epsilon")):
            yield Finding(
                "epsilon-default",
                f"the epsilon of {layer.name} is left at its default: {epsilon:g} here, another in "
                "other frameworks",
                join(layer.pointer, "type"),
                f"write the one that it was trained with: 'epsilon: {epsilon:g}'",
                "warning",
            )


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("epsilon-default", check)]
