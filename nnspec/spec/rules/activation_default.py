"""Advice: where frameworks disagree on a default, a spec writes its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.diagnostics.quote import escape, quote
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.rule import Rule
from nnspec.source.document import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import Spec


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find activations that leave a parameter to a default that is another one elsewhere."""
    for layer in spec.walk():
        use = layer.activation
        if use is None or use.name is None or not spec.says(use.pointer):
            continue
        for parameter in registry.activations[use.name].varying:
            if spec.says(join(use.pointer, parameter)) or parameter not in use.parameters:
                continue
            shown = escape(str(use.parameters[parameter]))[:50]
            yield Finding(
                "activation-default",
                f"{quote(parameter)} of {use.written} is left at its default: {shown} here, "
                "another in other frameworks",
                join(use.pointer, "name"),
                f"write the one that is meant: {{name: {use.written}, {parameter}: {shown}}}; "
                f"'nnspec activations {use.name}' lists the others",
                "warning",
            )


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("activation-default", check)]
