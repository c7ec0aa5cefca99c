"""activation: a function on its own, between layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.layer import Layer

if TYPE_CHECKING:
    from nnspec.plugin.layer import Flow, Lowering


def lower(layer: Lowering, x: Flow) -> Flow:
    """h(x)."""
    return layer.activate(x)


@hookimpl
def nnspec_layers() -> list[Layer]:
    """Register the kind."""
    return [
        Layer(
            type="activation",
            title="Activation layer",
            description="h(x), for an activation that does not follow a dense layer directly.",
            properties={"activation": {"$ref": "#/$defs/activation"}},
            required=("activation",),
            lower=lower,
        )
    ]
