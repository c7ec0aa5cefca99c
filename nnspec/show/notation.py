"""How a step of a network is written on paper: symbols, formulas, shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.records import dataclass
from nnspec.show.numbers import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from nnspec.graph.ir import Node
    from nnspec.show.places import Place

    Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class Written:
    """A node on paper.

    Attributes:
        formula: the right side, in the symbols of its inputs.
        shapes: the shapes that the right side joins.
        arrays: symbol → the array it stands for.
        where: what a function in the formula means, "" where nothing needs to be said.
    """

    formula: str
    shapes: str
    arrays: Arrays
    where: str = ""


def write(node: Node, place: Place, inputs: Sequence[str]) -> Written:
    """Write a node down; `inputs` are the symbols of its inputs.

    Layers of known kinds appear in the names of their parameters (gamma, beta); ops of plugins,
    of which only the name is known, as a function of their inputs.
    """
    sizes = [f"(1, {value.size})" for value in node.inputs]
    x, shape = inputs[0], sizes[0]
    match node.op.name:
        case "affine":
            return _affine(node, place, x, shape)
        case "scale":
            formula, used = _scale(node, place, x)
            known = {**place.parameters, **node.arrays}
            return Written(formula, shape, {name: known[name] for name in used})
        case "clip":
            low, high = node.arrays.get("low"), node.arrays.get("high")
            formula = x if low is None else f"max({x}, low)"
            formula = formula if high is None else f"min({formula}, high)"
            return Written(formula, shape, node.arrays)
        case "activate":
            activation, parameters = node.attributes["activation"], node.attributes["parameters"]
            given = "".join(f", {key}={_setting(value)}" for key, value in parameters.items())
            where = f"{activation.name}(x) = {activation.formula}" if activation.formula else ""
            return Written(f"{activation.name}({x}{given})", shape, {}, where)
        case "normalize":
            epsilon = number(float(node.attributes["epsilon"]))
            if node.attributes["center"]:
                formula = f"({x} - mean({x})) / sqrt(var({x}) + {epsilon})"
            else:
                formula = f"{x} / sqrt(mean({x}²) + {epsilon})"
            return Written(formula, shape, {})
        case "add":
            return Written(" + ".join(inputs), " + ".join(sizes), {})
        case "concat":
            return Written(f"[{', '.join(inputs)}]", " beside ".join(sizes), {})
        case "identity":
            return Written(x, shape, {})
        case name:
            return Written(f"{name}({', '.join(inputs)})", ", ".join(sizes), node.arrays)


def _affine(node: Node, place: Place, x: str, shape: str) -> Written:
    suffix = "" if place.dense is None else str(place.dense)
    weight, bias = node.arrays["weight"], node.arrays.get("bias")
    formula, shapes = f"{x} W{suffix}", f"{shape} @ {weight.shape}"
    arrays = {f"W{suffix}": weight}
    if bias is not None:
        formula, shapes = f"{formula} + b{suffix}", f"{shapes} + {bias.shape}"
        arrays[f"b{suffix}"] = bias
    return Written(formula, shapes, arrays)


def _scale(node: Node, place: Place, x: str) -> tuple[str, list[str]]:
    """Give the formula of (x - center) * scale + shift, and the symbols in it."""
    has = {name: name in node.arrays for name in ("center", "scale", "shift")}
    match place.type:
        case "input":
            names = {"center": "mean", "scale": "std"}
            used = [names[key] for key in names if has[key]]
            inner = f"({x} - mean)" if has["center"] else x
            return (f"{inner} / std" if has["scale"] else inner), used
        case "batchnorm":
            epsilon = number(float(place.settings["epsilon"]))
            formula = f"({x} - mean) / sqrt(variance + {epsilon})"
            used = [name for name in ("gamma", "beta") if name in place.parameters]
            formula = f"gamma * {formula}" if "gamma" in used else formula
            formula = f"{formula} + beta" if "beta" in used else formula
            return formula, [*used, "mean", "variance"]
        case "layernorm" | "rmsnorm":
            scale, shift, before = "gamma", "beta", True
        case "dense":
            scale, shift, before = "std", "mean", False
        case _:
            scale, shift, before = "scale", "shift", False
    formula = f"({x} - center)" if has["center"] else x
    if has["scale"]:
        formula = f"{scale} * {formula}" if before else f"{formula} * {scale}"
    if has["shift"]:
        formula = f"{formula} + {shift}"
    symbols = {"center": "center", "scale": scale, "shift": shift}
    return formula, [symbols[key] for key in symbols if has[key]]


def _setting(value: Any) -> str:
    if isinstance(value, (float, np.floating)):
        return number(value)
    return str(value)
