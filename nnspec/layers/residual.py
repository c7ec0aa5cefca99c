"""residual: x + layers(x), the block of He et al. 2016."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nnspec.ops.add import ADD
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.layer import Layer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nnspec.plugin.layer import Flow, Lowering


def size(settings: Mapping[str, Any], size_in: int, nested: int | None) -> int:
    """As many as go in, which the nested layers must give back."""
    if nested is not None and nested != size_in:
        raise ValueError(f"{size_in} features go in and {nested} come out, so they cannot be added")
    return size_in


def lower(layer: Lowering, x: Flow) -> Flow:
    """x + layers(x)."""
    return layer.emit(ADD, x, layer.nested(x))


@hookimpl
def nnspec_layers() -> list[Layer]:
    """Register the kind."""
    return [
        Layer(
            type="residual",
            title="Residual block",
            description="x + layers(x): adds its input to its output; the sizes must agree.",
            properties={"layers": {"$ref": "#/$defs/layers"}},
            required=("layers",),
            size=size,
            lower=lower,
        )
    ]
