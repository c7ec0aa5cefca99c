"""layernorm: gamma * (x - mean(x)) / sqrt(var(x) + epsilon) + beta, over each row."""

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
    """gamma and beta, each (size,)."""
    arrays = [Parameter("gamma", (size_in,), initial=1.0)] if settings["scale"] else []
    arrays += [Parameter("beta", (size_in,), initial=0.0)] if settings["center"] else []
    return arrays


def lower(layer: Lowering, x: Flow) -> Flow:
    """The row to mean 0 and variance 1, then gamma and beta (Ba, Kiros and Hinton 2016)."""
    x = layer.emit(NORMALIZE, x, center=True, epsilon=layer.settings["epsilon"])
    arrays = {}
    if layer.settings["scale"]:
        arrays["scale"] = layer.array("gamma")
    if layer.settings["center"]:
        arrays["shift"] = layer.array("beta")
    return layer.emit(SCALE, x, **arrays) if arrays else x


@hookimpl
def nnspec_layers() -> list[Layer]:
    """Register the kind."""
    return [
        Layer(
            type="layernorm",
            title="Layer normalization",
            description="gamma * (x - mean(x)) / sqrt(var(x) + epsilon) + beta, over each row.",
            properties={
                "epsilon": {
                    "title": "Epsilon",
                    "description": "Added to the variance. PyTorch has 1e-5, Keras 1e-3, "
                    "flax 1e-6.",
                    "type": "number",
                    "exclusiveMinimum": 0,
                    "default": 1e-5,
                },
                "center": {
                    "title": "Center",
                    "description": "Whether beta is added.",
                    "type": "boolean",
                    "default": True,
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
