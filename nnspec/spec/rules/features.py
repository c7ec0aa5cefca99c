"""Feature names pick columns: one per input, each another."""

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
    """Find too many or too few feature names, and names that come twice."""
    features, size = spec.input.features, spec.input.size
    if features is None:
        return
    if size is not None and len(features) != size:
        message = f"{len(features)} feature names for {size} inputs"
        yield Finding("features-count", message, "/input/features", "give one name per input")
    first: dict[str, int] = {}
    for number, name in enumerate(features):
        if first.setdefault(name, number) != number:
            message = f"{quote(name)} is the name of feature {first[name] + 1} already"
            where, other = (join("/input/features", n) for n in (number, first[name]))
            yield Finding("duplicate-name", message, where, "choose another", related=other)


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("features", check)]
