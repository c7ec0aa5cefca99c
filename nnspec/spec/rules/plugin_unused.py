"""Advice: nobody should install a plugin that the spec does not use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.rule import Rule
from nnspec.source.document import join
from nnspec.spec.needs import needs, requirements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.plugin.registry import Provider, Registry
    from nnspec.spec.model import Spec

_NAMED = frozenset({"activation", "layer"})
"""What a spec uses by name; rules and engines are at work without."""


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find installed plugins under `plugins` whose activations and layers the spec does not use."""
    used = {need.provider for need in needs(spec, registry)}
    for number, wanted in requirements(spec).items():
        found = [p for p in registry.providers if p.distribution and wanted.names(p.distribution)]
        if found and not used & {*found} and all(map(_is_used_by_name, found)):
            yield Finding(
                "plugin-unused",
                f"the spec names nothing that {found[0]} gives",
                join("/plugins", number),
                f"take {wanted.name} out of 'plugins'",
                "warning",
            )


def _is_used_by_name(provider: Provider) -> bool:
    kinds = {kind for kind, _ in provider.provides}
    return provider.status == "loaded" and bool(kinds) and kinds <= _NAMED


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("plugin-unused", check)]
