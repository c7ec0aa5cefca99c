"""Arrays grouped by the module they belong to, and modules put in order by their names."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from nnspec.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nnspec.spec.parameters import Expected
    from nnspec.weights.rules import Shapes

_NUMBERED = re.compile(r"(.*?)_?([0-9]{0,9})", re.ASCII | re.DOTALL)


@dataclass(frozen=True)
class Module:
    """What stands under one prefix: a layer of the file, or one of ours.

    Attributes:
        path: the prefix, taken apart: ("net", "0").
        names: part → the whole name of the array: "weight" → "net.0.weight".
        kind: what distinguishes layers whatever their names: they have a matrix, running
            statistics, or vectors alone.
    """

    path: tuple[str, ...]
    names: Mapping[str, str] = field(hash=False)
    kind: str


def modules(shapes: Shapes, separator: str, parts: Mapping[str, str]) -> list[Module]:
    """Group the arrays of a file whose last component is one of the values of `parts`."""
    grouped: dict[str, dict[str, str]] = {}
    for name in shapes:
        prefix, _, part = name.removesuffix(":0").rpartition(separator)
        if part in parts.values():
            grouped.setdefault(prefix, {})[part] = name
    return [
        Module(
            tuple(prefix.split(separator)),
            names,
            _kind(parts["mean"] in names, [shapes[name] for name in names.values()]),
        )
        for prefix, names in grouped.items()
    ]


def assign(
    expected: Sequence[Expected], found: Sequence[Module], parts: Mapping[str, str]
) -> dict[str, str]:
    """Map our names to those of a file by pairing layers with modules.

    They are paired by name, where every layer's name ends a module's; else in order of the
    modules' numbers; else so for each kind apart, since `fc1, bn1, fc2` tell no order between
    them. What has no order at all is not paired. A parameter that such files do not know (the
    scale of an affine layer) has our own name.
    """
    layers = _layers(expected, parts)
    by_name = {module.path[-1]: module for module in found}
    kinds = sorted({layer.kind for layer in layers})
    if len(by_name) == len(found) and all(layer.path[-1] in by_name for layer in layers):
        pairs = [(layer, by_name[layer.path[-1]]) for layer in layers]
    elif ordered := in_order(found):
        pairs = list(zip(layers, ordered, strict=False))
    else:
        pairs = [
            pair
            for kind in kinds
            for pair in zip(
                [layer for layer in layers if layer.kind == kind],
                in_order([module for module in found if module.kind == kind]),
                strict=False,
            )
        ]
    names = {array.name: array.name for array in expected if array.parameter.name not in parts}
    for layer, module in pairs:
        names |= {o: module.names[part] for o, part in layer.names.items() if part in module.names}
    return names


def in_order(found: Sequence[Module]) -> list[Module]:
    """Sort modules by the numbers in their names; nothing where the names tell no order.

    They tell one if any two neighbours differ first in a number: `net.2` before `net.10`, `fc1`
    before `fc2`, `dense` before `dense_1`; but not `encoder` and `head`.

    Examples:
        >>> names = [("net", "10"), ("net", "2", "linear"), ("net", "0")]
        >>> [".".join(m.path) for m in in_order([Module(name, {}, "matrix") for name in names])]
        ['net.0', 'net.2.linear', 'net.10']
    """
    keyed = sorted(((_key(module), module) for module in found), key=lambda pair: pair[0])
    for (one, _), (other, _) in pairwise(keyed):
        first = next(((a, b) for a, b in zip(one, other, strict=False) if a != b), None)
        if first is None or first[0][0] != first[1][0]:
            return []
    return [module for _, module in keyed]


def _key(module: Module) -> list[tuple[str, int]]:
    """Take the trailing number off each component: "dense_1" → ("dense", 1)."""
    matches = [_NUMBERED.fullmatch(component) for component in module.path]
    return [(match[1], int(match[2] or 0)) for match in matches if match]


def _layers(expected: Sequence[Expected], parts: Mapping[str, str]) -> list[Module]:
    """Group what we expect by layer: part → our name, turned to our name → part.

    What an activation learned is a module of its own in such files, after that of its layer.
    """
    grouped: dict[tuple[str, ...], list[Expected]] = {}
    for array in expected:
        if array.parameter.name in parts:
            own, _, _ = array.parameter.name.rpartition(".")
            grouped.setdefault((array.layer, own) if own else (array.layer,), []).append(array)
    return [
        Module(
            layer,
            {array.name: parts[array.parameter.name] for array in arrays},
            _kind(
                any(array.parameter.name == "mean" for array in arrays),
                [array.parameter.shape for array in arrays],
            ),
        )
        for layer, arrays in grouped.items()
    ]


def _kind(statistics: bool, shapes: Sequence[tuple[int, ...]]) -> str:
    if statistics:
        return "statistics"
    return "matrix" if any(len(shape) == 2 for shape in shapes) else "vectors"
