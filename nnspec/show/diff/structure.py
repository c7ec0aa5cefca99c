"""What two specs say, with every default filled in, setting by setting."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from nnspec.records import dataclass
from nnspec.spec.render import render

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nnspec.spec.model import LayerSpec, Spec

_APART = frozenset({"weights", "layers"})
"""Weights are compared as arrays, layers by their names."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that one spec has otherwise than the other, or not at all.

    Attributes:
        place: where: "task", "input.normalize.std", "layer dense1: size".
        kind: whether the second spec adds it, lacks it, or has another value.
        first, second: the two values; None on the side where there is none.
    """

    place: str
    kind: Literal["added", "removed", "changed"]
    first: Any = None
    second: Any = None


def compare_structure(first: Spec, second: Spec, *, named: bool = True) -> Iterator[Setting]:
    """Compare two specs without faults; a default written out is no difference, nor an alias.

    Args:
        first: one spec.
        second: the other.
        named: both say what the network is called; otherwise it is the file's name that differs.
    """
    one, other = _plain(first), _plain(second)
    if not named:
        one["name"] = other["name"] = None
    yield from _mapping("", _without(one), _without(other))
    yield from _layers(one["layers"], other["layers"])


def _plain(spec: Spec) -> dict[str, Any]:
    output = replace(spec.output, layer=_canonical(spec.output.layer))
    return render(replace(spec, layers=tuple(map(_canonical, spec.layers)), output=output))


def _canonical(layer: LayerSpec) -> LayerSpec:
    """Call the activations by their own names: `swish` is `silu`."""
    use = layer.activation
    if use is not None and use.name is not None:
        use = replace(use, written=use.name)
    return replace(layer, activation=use, layers=tuple(map(_canonical, layer.layers)))


def _without(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in _APART}


def _layers(one: list[Any], other: list[Any], inside: str = "") -> Iterator[Setting]:
    """Pair layers by name; those in a block are compared within the block of that name."""
    theirs = {layer["name"]: layer for layer in other}
    ours = {layer["name"]: layer for layer in one}
    for name, layer in ours.items():
        place = f"{inside}layer {name}"
        if name not in theirs:
            yield Setting(place, "removed", first=_brief(layer))
            continue
        yield from _mapping(f"{place}: ", _without(layer), _without(theirs[name]))
        nested = layer.get("layers", []), theirs[name].get("layers", [])
        yield from _layers(*nested, inside=f"{place}, ")
    for name, layer in theirs.items():
        if name not in ours:
            yield Setting(f"{inside}layer {name}", "added", second=_brief(layer))
    both = [name for name in ours if name in theirs]
    if both != (moved := [name for name in theirs if name in ours]):
        yield Setting(f"{inside}order of the layers", "changed", both, moved)


def _brief(layer: Mapping[str, Any]) -> dict[str, Any]:
    """Give the settings of a whole layer, without the name, which the place has."""
    return {key: value for key, value in layer.items() if key != "name"}


def _mapping(prefix: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[Setting]:
    """Compare two mappings, key by key, as deep as both are mappings."""
    for key in (*one, *(key for key in other if key not in one)):
        a, b = one.get(key), other.get(key)
        place = f"{prefix}{key}"
        if isinstance(a, dict) and isinstance(b, dict):
            yield from _mapping(f"{place}.", a, b)
        elif a is None and b is not None:
            yield Setting(place, "added", second=b)
        elif b is None and a is not None:
            yield Setting(place, "removed", first=a)
        elif a != b:
            yield Setting(place, "changed", a, b)
