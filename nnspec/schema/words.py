"""Types and values of JSON as a person names them."""

from __future__ import annotations

import json
import math
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


def quoted(value: Any) -> str:
    """Write a scalar as a YAML text in double quotes."""
    if isinstance(value, float) and not math.isfinite(value):
        return f'"{found(value)}"'
    text = value if isinstance(value, str) else quote(value)
    return json.dumps(text[:200], ensure_ascii=True)
