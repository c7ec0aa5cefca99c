"""The arrays of a weights file grouped to layers: the naming rules read the other way round."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nnspec.records import dataclass
from nnspec.weights.modules import Module, modules
from nnspec.weights.rules import keras, pytorch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nnspec.weights.rules import Shapes

OWN_PARTS = {
    part: part for part in ("weight", "bias", "gamma", "beta", "mean", "variance", "scale", "shift")
}
_NUMBERED = re.compile(r"([Wb])([0-9]{1,6})", re.ASCII)


@dataclass(frozen=True)
class Reading:
    """A file read by one way of naming.

    Attributes:
        modules: what stands under one name, in the order of the file.
        parts: our name of a parameter → the file's.
        transposed: such files have their matrices as (out, in).
        own: the names of its modules are names of our layers.
    """

    modules: list[Module]
    parts: Mapping[str, str]
    transposed: bool = False
    own: bool = False


def read(shapes: Shapes) -> Reading | None:
    """Group the arrays of a file by the way of naming that its names show; None if by none.

    Examples:
        >>> [module.path for module in read({"net.0.weight": (3, 2), "net.0.bias": (3,)}).modules]
        [('net', '0')]
    """
    if any(name.removesuffix(":0").endswith("/kernel") for name in shapes):
        return Reading(modules(shapes, "/", keras.PARTS), keras.PARTS)
    numbered = {name: found for name in shapes if (found := _NUMBERED.fullmatch(name))}
    if numbered:
        others = {name: shape for name, shape in shapes.items() if name not in numbered}
        dense = _numbered(numbered)
        return Reading([*dense, *modules(others, ".", OWN_PARTS)], OWN_PARTS)
    if "output.weight" in shapes:
        return Reading(modules(shapes, ".", OWN_PARTS), OWN_PARTS, own=True)
    if any(name.endswith(".weight") for name in shapes):
        return Reading(modules(shapes, ".", pytorch.PARTS), pytorch.PARTS, transposed=True)
    return None


def statistics(shapes: Shapes) -> tuple[str, str] | None:
    """Find the one pair of arrays that differ in `mean` and `std` alone, as `normalize` takes them.

    Examples:
        >>> statistics({"x_mean": (4,), "x_std": (4,), "W1": (4, 3)})
        ('x_mean', 'x_std')
    """
    pairs = [
        (name, std)
        for name in shapes
        if name.endswith("mean") and (std := f"{name.removesuffix('mean')}std") in shapes
    ]
    return pairs[0] if len(pairs) == 1 else None


def _numbered(names: Mapping[str, re.Match[str]]) -> list[Module]:
    """Pair `W1` with `b1` as the module dense1."""
    grouped: dict[str, dict[str, str]] = {}
    for name, found in names.items():
        part = "weight" if found[1] == "W" else "bias"
        grouped.setdefault(f"dense{found[2]}", {})[part] = name
    return [Module((path,), parts, "matrix") for path, parts in grouped.items()]
