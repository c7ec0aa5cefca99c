"""How a value of the wrong type is written in the right one."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from nnspec.diagnostics.quote import quote
from nnspec.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_INTEGER = re.compile(r"[-+]?[0-9]{1,20}\Z")
_NUMBER = re.compile(r"[-+]?([0-9]{1,20}\.?[0-9]{0,20}|\.[0-9]{1,20})([eE][-+]?[0-9]{1,3})?\Z")
_YES = frozenset({"yes", "on", "true", "y"})
_NO = frozenset({"no", "off", "false", "n"})
_NAMES = {"/input": "features", "/output": "labels"}
"""Where a list of names was probably meant to be those of a key."""
_LAYER = "a layer is a mapping: {size: 8, activation: relu}, or {type: dropout, rate: 0.5}"


def remedy(
    types: Sequence[str], value: Any, schema: Mapping[str, Any] | None = None, pointer: str = ""
) -> str | None:
    """Say what to write instead, or None where nobody can tell.

    Examples:
        >>> remedy(["integer"], 50.0), remedy(["integer"], "50")
        ('write 50', 'write 50, without quotes')
        >>> remedy(["string"], 7), remedy(["boolean"], "yes")
        ('in quotes it is a text: "7"', 'write true')
        >>> remedy(["integer"], [28, 28])
        'a row is flat: write the product, 784'
    """
    if types == ["layer"]:
        is_size = isinstance(value, int) and not isinstance(value, bool)
        return f"write {{size: {quote(value)}}}" if is_size else _LAYER
    if value is None:
        return "give it a value, or take the key away"
    if types == ["activation"] and not isinstance(value, list):
        return "write its name, as in relu, or {name: gelu, approximate: tanh}"
    if isinstance(value, list):
        return _of_list(types, value, pointer) or _of_mapping(types, schema or {})
    if isinstance(value, dict):
        return "a list has no keys: begin each item with '- '" if types == ["array"] else None
    if types == ["array"]:
        items = (schema or {}).get("items")
        holds_texts = isinstance(items, dict) and items.get("type") == "string"
        return f"write [{quote(value)}]" if holds_texts and isinstance(value, str) else None
    if pointer == "/weights":
        return _of_seed(value)
    return _of_scalar(types, value) or _of_mapping(types, schema or {})


def _of_seed(value: Any) -> str:
    """Take a number in the place of weights for the seed of random ones."""
    seed = value if type(value) is int and 0 <= value < 2**53 else 0
    return f"name a file, or have them drawn: {{init: he_normal, seed: {seed}}}"


def _of_scalar(types: Sequence[str], value: Any) -> str | None:
    if "integer" in types and isinstance(value, float) and value.is_integer():
        return f"write {value:.0f}" if abs(value) < 1e15 else None
    if "number" in types or "integer" in types:
        whole = "number" not in types
        if isinstance(value, str) and (_INTEGER if whole else _NUMBER).match(value):
            return f"write {value}, without quotes"
    if "boolean" in types and isinstance(value, str) and value.lower() in _YES | _NO:
        return f"write {'true' if value.lower() in _YES else 'false'}"
    if "string" in types and isinstance(value, (bool, int, float)):
        return f"in quotes it is a text: {quoted(value)}"
    return None


def _of_list(types: Sequence[str], value: list[Any], pointer: str) -> str | None:
    """Lead a list back to the one value in it, to the product of a shape, or to names."""
    wanted = {"activation", "string"} & {*types}
    if len(value) == 1 and isinstance(value[0], str) and wanted:
        return f"write {quote(value[0])[1:-1]}, without brackets"
    if pointer == "/weights":
        return "arrays have names: write {values: {output.weight: …, output.bias: …}}"
    if not 0 < len(value) <= 10_000:
        return None
    if "integer" in types and all(type(one) is int and 0 < one < 10**6 for one in value[:9]):
        if len(value) < 9:
            return f"a row is flat: write the product, {math.prod(value)}"
        return f"give their number: {len(value)}"
    if pointer in _NAMES and all(isinstance(one, str) for one in value):
        return f"write {{size: {len(value)}, {_NAMES[pointer]}: […]}}"
    return None


def _of_mapping(types: Sequence[str], schema: Mapping[str, Any]) -> str | None:
    """Show the keys of a mapping that has a few."""
    keys = list(schema.get("properties", ())) if types == ["object"] else []
    return f"write {{{', '.join(f'{key}: …' for key in keys)}}}" if 0 < len(keys) < 5 else None
