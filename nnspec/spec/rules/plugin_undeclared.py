"""Advice: a spec that needs a plugin says so, and a stranger knows what to install."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.diagnostics.quote import quote
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.rule import Rule
from nnspec.spec.needs import needs, requirements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import Spec


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find the first use of each installed plugin that `plugins` does not name.

    A loose file has no distribution that could be named.
    """
    declared = requirements(spec).values()
    installed = {p.distribution for p in registry.providers if p.distribution}
    if not all(any(map(wanted.names, installed)) for wanted in declared):
        return  # the one that is missing may be this one misspelt, and has its own error
    told = {"nnspec"}
    for need in needs(spec, registry):
        distribution = need.provider.distribution
        if distribution is None or distribution in told:
            continue
        told.add(distribution)
        if not any(wanted.names(distribution) for wanted in declared):
            requirement = f"{distribution}>={need.provider.version}"
            yield Finding(
                "plugin-undeclared",
                f"{quote(need.name)} comes from {need.provider}, which 'plugins' does not name",
                need.pointer,
                f"add {requirement} to 'plugins'"
                if spec.says("/plugins")
                else f"add 'plugins: [{requirement}]'",
                "warning",
            )


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("plugin-undeclared", check)]
