"""batchnorm at inference: gamma * (x - mean) / sqrt(variance + epsilon) + beta, per feature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.ops.scale import SCALE
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.layer import Layer, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nnspec.plugin.layer import Flow, Lowering


def parameters(settings: Mapping[str, Any], size_in: int) -> list[Parameter]:
    """gamma, beta, mean and variance, each (size,)."""
    arrays = [Parameter("gamma", (size_in,), initial=1.0)] if settings["scale"] else []
    arrays += [Parameter("beta", (size_in,), initial=0.0)] if settings["center"] else []
    return [
        *arrays,
        Parameter("mean", (size_in,), initial=0.0),
        Parameter("variance", (size_in,), initial=1.0),
    ]


def lower(layer: Lowering, x: Flow) -> Flow:
    """Statistics are fixed, so it is one scale and one shift (Ioffe and Szegedy 2015)."""
    variance = np.asarray(layer.array("variance"), dtype=np.float64)
    scale = 1.0 / np.sqrt(variance + layer.settings["epsilon"])
    if layer.settings["scale"]:
        scale = scale * layer.array("gamma")
    shift = layer.array("beta") if layer.settings["center"] else None
    return layer.emit(SCALE, x, center=layer.array("mean"), scale=scale, shift=shift)


@hookimpl
def nnspec_layers() -> list[Layer]:
    """Register the kind."""
    return [
        Layer(
            type="batchnorm",
            title="Batch normalization",
            description="gamma * (x - mean) / sqrt(variance + epsilon) + beta, per feature, with "
            "the statistics of the training.",
            properties={
                "epsilon": {
                    "title": "Epsilon",
                    "description": "Added to the variance. Keras has 1e-3, PyTorch and ONNX 1e-5.",
                    "type": "number",
                    "exclusiveMinimum": 0,
                    "default": 1e-3,
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
