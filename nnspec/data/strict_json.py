"""JSON without kindness: no key twice, no number beyond float64; NaN and Infinity are read."""

from __future__ import annotations

import json
import math
from typing import Any

from nnspec.diagnostics.quote import quote

_DIGITS = 400
"""Of a whole number; float64 ends at 309."""


def loads(text: str) -> Any:
    r"""Read one JSON value.

    Raises:
        ValueError: with a sentence that says what is wrong and at which character.

    Examples:
        >>> loads('{"a": [1, 2.5, NaN]}')
        {'a': [1, 2.5, nan]}
        >>> loads('{"a": 1, "a": 2}')
        Traceback (most recent call last):
        ValueError: key 'a' stands twice
    """
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON: {error.msg} (character {error.pos + 1})") from None
    except RecursionError:
        raise ValueError("brackets within brackets, too deep to be rows") from None
    if "\\ud" in text or "\\uD" in text:
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise ValueError("a text holds half of a surrogate pair") from None
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise ValueError(f"key {quote(key)} stands twice")
            seen.add(key)
    return value


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError(f"{quote(text)[1:-1]} is out of range")
    return value


def _integer(text: str) -> int:
    if len(text) > _DIGITS:
        raise ValueError(f"a whole number of {len(text):,} digits is out of range")
    return int(text)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_float=_finite, parse_int=_integer, strict=True
)
