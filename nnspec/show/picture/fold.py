"""A long network in few boxes: what repeats is one, and so is the middle of what goes on."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nnspec.spec.model import LayerSpec

REPEATED = 4
MOST = 40


@dataclass(frozen=True, slots=True)
class Run:
    """Layers that become one box, or one block.

    Attributes:
        alike: they differ in their names alone.
    """

    layers: tuple[LayerSpec, ...]
    alike: bool = True


def fold(layers: Sequence[LayerSpec]) -> list[Run]:
    """Take four or more of the same layers in a row as one, and the middle of more than 40."""
    runs = list(_runs(layers))
    if len(runs) <= MOST:
        return runs
    head, tail = runs[: MOST // 2], runs[1 - MOST // 2 :]
    middle = runs[len(head) : len(runs) - len(tail)]
    return [*head, Run(tuple(one for run in middle for one in run.layers), alike=False), *tail]


def _runs(layers: Sequence[LayerSpec]) -> Iterator[Run]:
    for _, group in groupby(layers, _likeness):
        alike = tuple(group)
        if len(alike) < REPEATED or alike[0].layers:
            yield from (Run((layer,)) for layer in alike)
        else:
            yield Run(alike)


def _likeness(layer: LayerSpec) -> Any:
    use = layer.activation
    activation = None if use is None else (use.name, dict(use.parameters))
    return (layer.type, layer.size_in, layer.size_out, dict(layer.settings), activation)
