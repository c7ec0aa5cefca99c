"""affine: x * scale + shift, per feature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nnspec.ops.scale import SCALE
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.layer import Layer, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nnspec.plugin.layer import Flow, Lowering


def parameters(settings: Mapping[str, Any], size_in: int) -> list[Parameter]:
    """scale and shift, each (size,)."""
    return [
        Parameter("scale", (size_in,), initial=1.0),
        Parameter("shift", (size_in,), initial=0.0),
    ]


def lower(layer: Lowering, x: Flow) -> Flow:
    """x * scale + shift."""
    return layer.emit(SCALE, x, scale=layer.array("scale"), shift=layer.array("shift"))


@hookimpl
def nnspec_layers() -> list[Layer]:
    """Register the kind."""
    return [
        Layer(
            type="affine",
            title="Scale and shift",
            description="x * scale + shift, per feature, both from the weights.",
            parameters=parameters,
            lower=lower,
        )
    ]
