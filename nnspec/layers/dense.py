"""dense: h(x @ weight + bias), the layer that a spec means when it names no type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nnspec.ops.affine import AFFINE
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.layer import Layer, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nnspec.plugin.layer import Flow, Lowering


def parameters(settings: Mapping[str, Any], size_in: int) -> list[Parameter]:
    """weight (in, out) and, unless `bias: false`, bias (out,)."""
    arrays = [Parameter("weight", (size_in, settings["size"]))]
    if settings["bias"]:
        arrays.append(Parameter("bias", (settings["size"],), initial=0.0))
    return arrays


def lower(layer: Lowering, x: Flow) -> Flow:
    """A = x @ weight + bias, then Z = h(A)."""
    arrays = {"weight": layer.array("weight")}
    if layer.settings["bias"]:
        arrays["bias"] = layer.array("bias")
    return layer.activate(layer.emit(AFFINE, x, **arrays))


@hookimpl
def nnspec_layers() -> list[Layer]:
    """Register the kind."""
    return [
        Layer(
            type="dense",
            title="Dense layer",
            description="Fully connected: h(x @ weight + bias). The kind meant without `type`.",
            properties={
                "size": {
                    "title": "Size",
                    "description": "Number of units: the features that leave the layer.",
                    "type": "integer",
                    "minimum": 1,
                },
                "activation": {"$ref": "#/$defs/activation", "default": "identity"},
                "bias": {
                    "title": "Bias",
                    "description": "Whether a bias is added to each unit.",
                    "type": "boolean",
                    "default": True,
                },
            },
            required=("size",),
            parameters=parameters,
            size=lambda settings, size_in, nested: settings["size"],
            lower=lower,
        )
    ]
