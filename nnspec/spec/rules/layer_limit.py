"""A spec has at most 10,000 layers, so that judging it takes seconds at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import Spec


LIMIT = 10_000


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find more layers than that, nested ones counted."""
    count = sum(1 for _ in spec.walk())
    if count > LIMIT:
        message = f"{count:,} layers, where {LIMIT:,} is the limit"
        yield Finding("too-many-layers", message, "/layers", at="key")


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("layer-limit", check)]
