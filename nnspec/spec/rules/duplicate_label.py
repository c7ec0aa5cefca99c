"""Advice: two outputs with one label cannot be told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.diagnostics.quote import quote
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.rule import Rule
from nnspec.source.document import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import Spec


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find labels that come twice."""
    first: dict[str, int] = {}
    for number, label in enumerate(spec.output.labels or ()):
        if first.setdefault(label, number) != number:
            yield Finding(
                "duplicate-label",
                f"{quote(label)} is the label of output {first[label] + 1} already",
                join("/output/labels", number),
                "give each output a label of its own",
                "warning",
                related=join("/output/labels", first[label]),
            )


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("duplicate-label", check)]
