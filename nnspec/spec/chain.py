"""Chains of layers: what values pass one after the other, which advice is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.spec.model import LayerSpec, Spec

_SHARES = frozenset({"softmax", "softmin", "sparsemax", "hardmax"})
"""Activations that share 1 among the units."""


def chains(spec: Spec) -> Iterator[tuple[LayerSpec, ...]]:
    """Yield the main chain, which ends in the output layer, then that of each nested list.

    A residual or concat is one member of the chain that it stands in.
    """
    yield (*spec.layers, spec.output.layer)
    for layer in spec.walk():
        if layer.layers:
            yield layer.layers


def hidden(spec: Spec) -> Iterator[LayerSpec]:
    """Yield every layer but the output layer, nested ones too."""
    return (layer for layer in spec.walk() if layer is not spec.output.layer)


def gives_probabilities(layer: LayerSpec) -> bool:
    """Say whether the units of a layer share 1, as those of an output layer do."""
    return layer.activation is not None and layer.activation.name in _SHARES
