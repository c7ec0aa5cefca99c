"""Where the nodes of a graph come from: the layers of the spec, with number and parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from nnspec.model import Model
    from nnspec.spec.model import Number


@dataclass(frozen=True)
class Place:
    """Where in the spec a node comes from.

    Attributes:
        name: the layer's name, or "input".
        type: the layer's kind, or "input".
        dense: its number among the dense layers, counted from 1; None for others.
        settings: the layer's keys.
        parameters: the arrays it takes from the weights, by their names inside the layer; for
            "input" and "output" also mean and std.
    """

    name: str
    type: str
    dense: int | None
    settings: Mapping[str, Any]
    parameters: Mapping[str, NDArray[Any]]


def places(model: Model) -> dict[str, Place]:
    """Give each origin of a node its place: "input", and every layer by its name."""
    spec, loaded = model.spec, model.loaded
    statistics = {"mean": spec.input.mean, "std": spec.input.std}
    found = {"input": Place("input", "input", None, {}, dict(_numbers(statistics, model)))}
    dense = 0
    for layer in spec.walk():
        dense += layer.type == "dense"
        prefix = f"{layer.name}."
        parameters = {
            name.removeprefix(prefix): array
            for name, array in loaded.arrays.items()
            if name.startswith(prefix)
        }
        if layer is spec.output.layer:
            parameters |= _numbers({"mean": spec.output.mean, "std": spec.output.std}, model)
        assert layer.type is not None
        number = dense if layer.type == "dense" else None
        found[layer.name] = Place(layer.name, layer.type, number, layer.settings, parameters)
    return found


def _numbers(
    given: Mapping[str, Number | None], model: Model
) -> Iterator[tuple[str, NDArray[Any]]]:
    for name, value in given.items():
        if isinstance(value, str):
            yield name, model.loaded.extras[value]
        elif value is not None:
            yield name, np.asarray(value, dtype=model.spec.dtype)
