"""rmsnorm: gamma * x / sqrt(mean(x²) + epsilon), over each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nnspec.ops.normalize import NORMALIZE
from nnspec.ops.scale import SCALE
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.layer import Layer, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nnspec.plugin.layer import Flow, Lowering


def parameters(settings: Mapping[str, Any], size_in: int) -> list[Parameter]:
    """gamma (size,)."""
    return [Parameter("gamma", (size_in,), initial=1.0)] if settings["scale"] else []


def lower(layer: Lowering, x: Flow) -> Flow:
    """The row to root mean square 1, then gamma (Zhang and Sennrich 2019)."""
    x = layer.emit(NORMALIZE, x, center=False, epsilon=layer.settings["epsilon"])
    return layer.emit(SCALE, x, scale=layer.array("gamma")) if layer.settings["scale"] else x


@hookimpl
def nnspec_layers() -> list[Layer]:
    """Register the kind."""
    return [
        Layer(
            type="rmsnorm",
            title="Root mean square normalization",
            description="gamma * x / sqrt(mean(x²) + epsilon), over each row.",
            properties={
                "epsilon": {
                    "title": "Epsilon",
                    "description": "Added to the mean of the squares.",
                    "type": "number",
                    "exclusiveMinimum": 0,
                    "default": 1e-6,
                },
                "scale": {
                    "title": "Scale",
                    "description": "Whether gamma multiplies.",
                    "type": "boolean",
                    "default": True,
                },
            },
            parameters=parameters,
            lower=lower,
        )
    ]
