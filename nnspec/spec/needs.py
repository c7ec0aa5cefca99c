"""What a spec needs of plugins, and what it says that it needs."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from nnspec.records import dataclass
from nnspec.source.document import join
from nnspec.spec.requirement import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.plugin.registry import Provider, Registry
    from nnspec.spec.model import Spec
    from nnspec.spec.requirement import Requirement


@dataclass(frozen=True, slots=True)
class Need:
    """A name in a spec, where it stands, and the plugin that it comes from."""

    name: str
    pointer: str
    provider: Provider


def needs(spec: Spec, registry: Registry) -> Iterator[Need]:
    """Yield the layer kinds and activations that a spec names, in the order of the document."""
    for layer in spec.walk():
        if layer.type is not None:
            where = join(layer.pointer, "type")
            yield Need(layer.type, where, registry.origins["layer", layer.type])
        use = layer.activation
        if use is not None and use.name is not None:
            where = join(use.pointer, "name")
            yield Need(use.written, where, registry.origins["activation", use.name])


def requirements(spec: Spec) -> dict[int, Requirement]:
    """Read `plugins`: place in the list → requirement, without the texts that are none."""
    found = {}
    for number, text in enumerate(spec.plugins):
        with suppress(ValueError):  # its own rule tells
            found[number] = parse(text)
    return found
