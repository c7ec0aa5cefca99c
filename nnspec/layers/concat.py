"""concat: x beside layers(x), as in DenseNet (Huang et al. 2017)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.ops.concat import CONCAT
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.layer import Layer

if TYPE_CHECKING:
    from nnspec.plugin.layer import Flow, Lowering


def lower(layer: Lowering, x: Flow) -> Flow:
    """x on the left, layers(x) on the right."""
    return layer.emit(CONCAT, x, layer.nested(x))


@hookimpl
def nnspec_layers() -> list[Layer]:
    """Register the kind."""
    return [
        Layer(
            type="concat",
            title="Concatenation",
            description="x beside layers(x): its input beside its output.",
            properties={"layers": {"$ref": "#/$defs/layers"}},
            required=("layers",),
            size=lambda settings, size_in, nested: size_in + (nested or 0),
            lower=lower,
        )
    ]
