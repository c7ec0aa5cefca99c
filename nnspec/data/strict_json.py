"""JSON without kindness: no key twice, no number beyond float64; NaN and Infinity are read."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.diagnostics.quote import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

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


def rows(texts: Sequence[str], *, numbers_follow: bool = True) -> list[Any] | None:
    """Read many JSON values fast; None where one needs a closer look.

    Where the caller will look at all numbers, they are left to the decoder in C: those out of
    range become infinite, or are whole numbers that no float is large enough for.

    Examples:
        >>> rows(["[1, 2.5]", '{"a": NaN}']), rows(["[1, 2.5", "[3]"])
        ([[1, 2.5], {'a': nan}], None)
    """
    scan = (_FAST if numbers_follow else _DECODER).scan_once  # type: ignore[attr-defined]
    values = []
    try:
        for text in texts:
            value, end = scan(text, 0)
            if end < len(text) or "\\u" in text:
                return None
            values.append(value)
    except (ValueError, StopIteration, RecursionError):
        return None
    return values


def numbers(texts: Sequence[str]) -> NDArray[np.float64] | None:
    """Read many numbers; None where one is none, or infinite.

    Examples:
        >>> numbers(["1", "-2.5e3"]), numbers(["1", "01"]), numbers(["1e400"])
        (array([ 1.0e+00, -2.5e+03]), None, None)
    """
    values = rows(texts)
    if values is None or not {int, float}.issuperset(map(type, values)):
        return None
    try:
        result = np.array(values, np.float64)
    except OverflowError:
        return None
    return None if np.isinf(result).any() else result


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


_FAST = json.JSONDecoder(object_pairs_hook=_unique, strict=True)
_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_float=_finite, parse_int=_integer, strict=True
)
