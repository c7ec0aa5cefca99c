"""dropout: nothing at inference; it stands in a spec to tell how the network was trained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.ops.identity import IDENTITY
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.layer import Layer

if TYPE_CHECKING:
    from nnspec.plugin.layer import Flow, Lowering


def lower(layer: Lowering, x: Flow) -> Flow:
    """x: inverted dropout has done its scaling in training (Srivastava et al. 2014)."""
    return layer.emit(IDENTITY, x)


@hookimpl
def nnspec_layers() -> list[Layer]:
    """Register the kind."""
    return [
        Layer(
            type="dropout",
            title="Dropout",
            description="The identity at inference; documents how the network was trained.",
            properties={
                "rate": {
                    "title": "Rate",
                    "description": "The share of units that training set to zero.",
                    "type": "number",
                    "minimum": 0,
                    "exclusiveMaximum": 1,
                    "default": 0.5,
                }
            },
            lower=lower,
        )
    ]
