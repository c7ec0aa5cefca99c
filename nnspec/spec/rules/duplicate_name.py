"""A layer is found by its name, so no two layers have the same one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.diagnostics.quote import quote
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.rule import Rule
from nnspec.source.document import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import LayerSpec, Spec


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find names that two layers have; of a written and a default one, the written is at fault."""
    seen: dict[str, tuple[LayerSpec, bool]] = {}
    count: Counter[str] = Counter()
    for layer in spec.walk():
        kind = layer.type or "layer"
        count[kind] += 1
        is_written = layer.pointer != "/output" and layer.name != f"{kind}{count[kind]}"
        other, other_is_written = seen.setdefault(layer.name, (layer, is_written))
        if other is layer:
            continue
        at_fault, owner = (other, layer) if other_is_written and not is_written else (layer, other)
        message = f"{quote(layer.name)} is the name of {_place(owner)} already"
        yield Finding(
            "duplicate-name",
            message,
            join(at_fault.pointer, "name"),
            "choose another",
            related=join(owner.pointer, "name"),
        )


def _place(layer: LayerSpec) -> str:
    """Say where a layer stands: "/layers/1/layers/0" is layer 1 inside layer 2."""
    if layer.pointer == "/output":
        return "the output layer"
    numbers = [int(part) + 1 for part in layer.pointer.split("/")[2::2]]
    return " inside ".join(f"layer {number}" for number in reversed(numbers))


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("duplicate-name", check)]
