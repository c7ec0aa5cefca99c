"""Advice: a step lets no gradient through, so what comes before it cannot have learned."""

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

_SMOOTH = {"step": "sigmoid", "hardmax": "softmax"}
"""Activation whose derivative is 0 wherever it has one → the smooth one that it is a limit of."""


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find such an activation in a hidden layer."""
    for layer in hidden(spec):
        use = layer.activation
        if use is not None and use.name in _SMOOTH:
            yield Finding(
                "step-gradient",
                f"the derivative of {use.written} is 0: training by gradient cannot have changed "
                f"{layer.name} or what comes before it",
                join(use.pointer, "name"),
                f"{_SMOOTH[use.name]} is its smooth form",
                "warning",
            )


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("step-gradient", check)]
