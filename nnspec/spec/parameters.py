"""Which arrays a spec takes from its weights, by our names, with their shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.plugin.layer import Parameter
from nnspec.records import dataclass

if TYPE_CHECKING:
    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import LayerSpec, Spec


@dataclass(frozen=True, slots=True)
class Expected:
    """One array that the spec needs: `<layer>.<parameter>`.

    Attributes:
        layer, type: the layer's name and kind.
        dense: the 0-based number among the dense layers, the output layer last; None for others.
        parameter: its name in the layer, its shape (in, out) or (out,), and its initial value.
    """

    layer: str
    type: str
    dense: int | None
    parameter: Parameter

    @property
    def name(self) -> str:
        """Our name for it: "dense1.weight"."""
        return f"{self.layer}.{self.parameter.name}"


def expected(spec: Spec, registry: Registry) -> list[Expected]:
    """List the arrays of a spec in the order of its layers; a spec with unknown sizes has none."""
    arrays: list[Expected] = []
    dense = 0
    for layer in spec.walk():
        if layer.type is None or layer.size_in is None or layer.size_out is None:
            return []
        kind = registry.layers[layer.type]
        number = dense if layer.type == "dense" else None
        dense += layer.type == "dense"
        parameters = (
            [] if kind.parameters is None else kind.parameters(layer.settings, layer.size_in)
        )
        arrays += [
            Expected(layer.name, layer.type, number, parameter)
            for parameter in (*parameters, *_learned(layer, registry))
        ]
    return arrays


def _learned(layer: LayerSpec, registry: Registry) -> list[Parameter]:
    """List the learnable parameters of a layer's activation that the spec does not fix."""
    use = layer.activation
    if use is None or use.name is None or layer.units is None:
        return []
    return [
        Parameter(f"activation.{name}", (layer.units,), initial, shared=True)
        for name, initial in registry.activations[use.name].learnable.items()
        if name not in use.parameters
    ]


def file_arrays(spec: Spec) -> dict[str, int]:
    """Name the arrays that clip, normalize and denormalize take from the weights file."""
    used = {
        value: spec.input.size
        for value in (spec.input.clip_min, spec.input.clip_max, spec.input.mean, spec.input.std)
        if isinstance(value, str) and spec.input.size is not None
    }
    size_out = spec.output.layer.size_out
    for value in (spec.output.mean, spec.output.std):
        if isinstance(value, str) and size_out is not None:
            used[value] = size_out
    return used
