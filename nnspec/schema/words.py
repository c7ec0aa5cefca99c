"""Types and values of JSON as a person names them."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

from nnspec.diagnostics.quote import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TYPES = {
    "integer": "a whole number",
    "number": "a number",
    "string": "a text",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "null",
    "layer": "a mapping",
    "activation": "the name of an activation, or a mapping with its name",
}
_INTEGER = re.compile(r"[-+]?[0-9]{1,20}\Z")
_NUMBER = re.compile(r"[-+]?([0-9]{1,20}\.?[0-9]{0,20}|\.[0-9]{1,20})([eE][-+]?[0-9]{1,3})?\Z")
_YES = frozenset({"yes", "on", "true", "y"})
_NO = frozenset({"no", "off", "false", "n"})


def listed(words: Iterable[str], last: str = "or") -> str:
    """Join words as a sentence does.

    Examples:
        >>> listed(["a number", "a list", "a text"])
        'a number, a list or a text'
    """
    *head, tail = list(words)
    return f"{', '.join(head)} {last} {tail}" if head else tail


def expected(types: Sequence[str]) -> str:
    """Name the types that a place takes.

    Examples:
        >>> expected(["integer", "object"])
        'a whole number or a mapping'
    """
    return listed(_TYPES.get(name, name) for name in types)


def found(value: Any) -> str:
    """Name a value that stands in the wrong place.

    Examples:
        >>> found("50"), found(None), found([1, 2]), found(float("nan"))
        ("'50'", 'null', 'a list', '.nan')
    """
    match value:
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case float() if math.isnan(value):
            return ".nan"
        case float() if math.isinf(value):
            return ".inf" if value > 0 else "-.inf"
        case _:
            return quote(value)


def remedy(types: Sequence[str], value: Any) -> str | None:
    """Say how a value of the wrong type is written in the right one.

    Examples:
        >>> remedy(["integer"], 50.0), remedy(["integer"], "50")
        ('write 50', 'write 50, without quotes')
        >>> remedy(["string"], 7), remedy(["boolean"], "yes")
        ('in quotes it is a text: "7"', 'write true')
    """
    if types == ["layer"]:
        is_size = isinstance(value, int) and not isinstance(value, bool)
        return f"write {{size: {quote(value)}}}" if is_size else "write {type: …} or {size: …}"
    if value is None:
        return "give it a value, or take the key away"
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
    if types == ["array"] and not isinstance(value, dict):
        return f"write [{quote(value)}]"
    return None


def quoted(value: Any) -> str:
    """Write a scalar as a YAML text in double quotes."""
    if isinstance(value, float) and not math.isfinite(value):
        return f'"{found(value)}"'
    text = value if isinstance(value, str) else quote(value)
    return json.dumps(text[:200], ensure_ascii=True)
