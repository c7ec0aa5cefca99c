"""Advice: dropout after probabilities sets some to zero, and the others no longer sum to 1.

Dropout directly before the output layer is normal practice, and silent: it works on features.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.rule import Rule
from nnspec.spec.chain import chains, gives_probabilities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import Spec


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find a dropout that follows a layer of probabilities."""
    for chain in chains(spec):
        for before, layer in pairwise(chain):
            if layer.type == "dropout" and gives_probabilities(before):
                yield Finding(
                    "dropout-output",
                    f"{layer.name} drops some of the probabilities that {before.name} gives",
                    layer.pointer,
                    f"move it before {before.name}, or leave the outputs to 'output'",
                    "warning",
                )


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("dropout-output", check)]
