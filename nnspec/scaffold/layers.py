"""Modules of a weights file as lines of a spec, with a TODO where weights cannot tell."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from nnspec.diagnostics.quote import quote
from nnspec.errors import WeightsError
from nnspec.plugin.activation import NAME
from nnspec.records import dataclass
from nnspec.scaffold.order import OUTPUT, sizes

if TYPE_CHECKING:
    from nnspec.scaffold.arrays import Reading
    from nnspec.weights.modules import Module
    from nnspec.weights.rules import Shapes

_PARAMETERS = {
    "dense": ("weight", "bias"),
    "batchnorm": ("gamma", "beta", "mean", "variance"),
    "layernorm": ("gamma", "beta"),
    "rmsnorm": ("gamma",),
    "affine": ("scale", "shift"),
}


@dataclass(frozen=True)
class Layer:
    """One layer that was found.

    Attributes:
        type, name: its kind, and its name in the spec.
        size_in, size_out: what enters and what leaves it.
        names: our parameter → the file's array.
    """

    type: str
    name: str
    size_in: int
    size_out: int
    names: dict[str, str]

    @property
    def single(self) -> bool:
        """Whether its matrix is 1 × 1."""
        return self.size_in == self.size_out == 1


def layers(order: list[Module], reading: Reading, shapes: Shapes, transposed: bool) -> list[Layer]:
    """Tell the kind of each module by the arrays it has; the last is the output.

    Raises:
        WeightsError: a module is of no kind that is known.
    """
    found: list[Layer] = []
    count: Counter[str] = Counter()
    for module in order:
        kind = _kind(module, reading)
        count[kind] += 1
        size = sizes(module, reading, shapes, transposed)
        assert size is not None, "the order fits"
        name = ".".join(module.path)
        if not reading.own or not NAME.match(name):
            name = f"{kind}{count[kind]}"
        if module is order[-1]:
            name = OUTPUT
        names = {
            ours: module.names[reading.parts[ours]]
            for ours in _PARAMETERS[kind]
            if reading.parts.get(ours) in module.names
        }
        if len(names) < len(module.names):
            raise _unknown(module)
        found.append(Layer(kind, name, *size, names))
    return found


def lines(found: list[Layer]) -> list[str]:
    """Write the hidden layers as YAML, an activation after each dense one.

    A normalization stands between a dense layer and its activation, as is usual.
    """
    written: list[str] = []
    count: Counter[str] = Counter()
    pending = False
    for k, layer in enumerate(found[:-1]):
        count[layer.type] += 1
        name = "" if layer.name == f"{layer.type}{count[layer.type]}" else f", name: {layer.name}"
        if layer.type == "dense":
            bias = "" if "bias" in layer.names else ", bias: false"
            pending = found[k + 1].type != "dense"
            activation = "" if pending else ", activation: relu"
            todo = "" if pending else "  # TODO which activation?"
            written.append(f"{{size: {layer.size_out}{activation}{bias}{name}}}{todo}")
        else:
            written.append(_normalization(layer, name))
        if pending and layer.type != "dense" and found[k + 1].type == "dense":
            written.append("{type: activation, activation: relu}  # TODO which, and where?")
            pending = False
    return written


def _normalization(layer: Layer, name: str) -> str:
    if layer.type == "affine":
        return f"{{type: affine{name}}}"
    epsilon = {"batchnorm": "1.0e-3", "layernorm": "1.0e-5", "rmsnorm": "1.0e-6"}[layer.type]
    settings = "" if "gamma" in layer.names else ", scale: false"
    if layer.type != "rmsnorm" and "beta" not in layer.names:
        settings += ", center: false"
    todo = "  # TODO epsilon: Keras has 1e-3, PyTorch 1e-5"
    return f"{{type: {layer.type}, epsilon: {epsilon}{settings}{name}}}{todo}"


def _kind(module: Module, reading: Reading) -> str:
    if module.kind == "matrix":
        return "dense"
    if module.kind == "statistics":
        return "batchnorm"
    has = {ours for ours, part in reading.parts.items() if part in module.names}
    if {"scale", "shift"} <= has:
        return "affine"
    if "gamma" not in has:
        raise _unknown(module)
    return "layernorm" if "beta" in has and not re.search("rms", module.path[-1]) else "rmsnorm"


def _unknown(module: Module) -> WeightsError:
    arrays = ", ".join(map(quote, module.names.values()))
    return WeightsError(
        f"{arrays}: of what layer is that? Write the spec by hand; what is known are dense layers, "
        "batchnorm, layernorm, rmsnorm and affine"
    )
