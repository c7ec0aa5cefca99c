"""A name that two plugins claim means nothing until one of them is off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.diagnostics.quote import quote
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.rule import Rule
from nnspec.source.document import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.plugin.registry import Kind, Registry
    from nnspec.spec.model import Spec


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find uses of names that two plugins give."""
    for layer in spec.walk():
        if layer.type is not None:
            yield from _conflict(registry, "layer", layer.type, join(layer.pointer, "type"))
        if layer.activation is not None:
            used = layer.activation
            where = join(used.pointer, "name")
            yield from _conflict(registry, "activation", used.written, where)


def _conflict(registry: Registry, kind: Kind, name: str, pointer: str) -> Iterator[Finding]:
    claimants = registry.conflicts.get((kind, name))
    if claimants is not None:
        first, second = claimants
        message = f"both {first} and {second} give the {kind} {quote(name)}"
        off = second.distribution or second.name
        hint = f"switch one off: NNSPEC_DISABLE_PLUGINS={off}"
        yield Finding("plugin-conflict", message, pointer, hint)


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("plugin-conflict", check)]
