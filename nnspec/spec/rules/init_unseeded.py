"""Advice: whoever starts from random weights says from which."""

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
    """Find a random initialiser without a seed; zeros are the same for every seed."""
    weights = spec.weights
    if weights is None or weights.init in {None, "zeros"} or spec.says("/weights/seed"):
        return
    message = f"{weights.init} draws random weights, and the spec names no seed"
    hint = f"add 'seed: {weights.seed}', which is what nnspec takes"
    yield Finding("init-unseeded", message, "/weights/init", hint, "warning")


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("init-unseeded", check)]
