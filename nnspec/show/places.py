"""Where the nodes of a graph come from: the layers of the spec, with number and parameters."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from nnspec.spec.model import Number, Spec

    Arrays = Mapping[str, NDArray[Any]]


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


def places(spec: Spec, arrays: Arrays, extras: Arrays) -> dict[str, Place]:
    """Give each origin of a node its place: "input", and every layer by its name.

    `extras` are the arrays that clip, normalize and denormalize name.
    """
    parameters: dict[str, dict[str, NDArray[Any]]] = {}
    for name, array in arrays.items():
        owner, _, parameter = name.partition(".")  # no layer has a dot in its name
        parameters.setdefault(owner, {})[parameter] = array
    numbers = partial(_numbers, dtype=spec.dtype, extras=extras)
    scaling = numbers({"mean": spec.input.mean, "std": spec.input.std})
    found = {"input": Place("input", "input", None, {}, dict(scaling))}
    dense = 0
    for layer in spec.walk():
        dense += layer.type == "dense"
        own = parameters.get(layer.name, {})
        if layer is spec.output.layer:
            own |= numbers({"mean": spec.output.mean, "std": spec.output.std})
        assert layer.type is not None
        number = dense if layer.type == "dense" else None
        found[layer.name] = Place(layer.name, layer.type, number, layer.settings, own)
    return found


def _numbers(
    given: Mapping[str, Number | None], dtype: str, extras: Arrays
) -> Iterator[tuple[str, NDArray[Any]]]:
    for name, value in given.items():
        if isinstance(value, str):
            yield name, extras[value]
        elif value is not None:
            yield name, np.asarray(value, dtype=dtype)
