"""Scalars by the core schema of YAML 1.2.2 (section 10.3), not by the 1.1 rules of PyYAML."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, TypeAlias

from nnspec.diagnostics.quote import quote

if TYPE_CHECKING:
    from collections.abc import Callable

Scalar: TypeAlias = str | int | float | bool | None

CORE = "tag:yaml.org,2002:"
MAX_DIGITS = 4_300
"""Longer numbers are refused: Python would not print them."""

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_DECIMAL = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITY = re.compile(r"([-+]?)\.(?:inf|Inf|INF)")
_NAN = frozenset({".nan", ".NaN", ".NAN"})


class ScalarError(ValueError):
    """A scalar that cannot be what its form or its tag says."""


def resolve(text: str) -> Scalar:
    """Give the value of a plain scalar without a tag.

    Raises:
        ScalarError: if it is a number beyond all bounds.

    Examples:
        >>> [resolve(text) for text in ("1e-5", "010", "0o10", "no", "1_000", "~")]
        [1e-05, 10, 8, 'no', '1_000', None]
    """
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    number: float | None = _integer(text)
    if number is None:
        number = _real(text)
    return text if number is None else number


def construct(tag: str, text: str) -> Scalar:
    """Give the value of a scalar with one of the core tags, whatever quotes it had.

    Raises:
        ScalarError: if the text is no such value.
        KeyError: if the tag is not one of !!str, !!int, !!float, !!bool, !!null.

    Examples:
        >>> construct("tag:yaml.org,2002:float", "3")
        3.0
    """
    what, read = _TAGGED[tag]
    value = read(text)
    if value is None and not (what == "null" and text in _NULL):
        raise ScalarError(f"{quote(text)} is not {what}, as its tag says")
    return value


def _integer(text: str) -> int | None:
    if _DECIMAL.fullmatch(text):
        _bound(text)
        return int(text)
    if _OCTAL.fullmatch(text) or _HEXADECIMAL.fullmatch(text):
        _bound(text)
        number = int(text[2:], 8 if text[1] == "o" else 16)
        if number.bit_length() > MAX_DIGITS * math.log2(10):
            raise ScalarError(f"the integer {quote(text)} has more than {MAX_DIGITS:,} digits")
        return number
    return None


def _real(text: str) -> float | None:
    if infinity := _INFINITY.fullmatch(text):
        return -math.inf if infinity[1] == "-" else math.inf
    if text in _NAN:
        return math.nan
    if not _FLOAT.fullmatch(text):
        return None
    _bound(text)
    number = float(text)
    if math.isinf(number):
        raise ScalarError(f"the number {quote(text)} is beyond the largest float64, 1.8e308")
    return number


def _bound(text: str) -> None:
    if len(text.lstrip("+-")) > MAX_DIGITS:
        raise ScalarError(f"a number of {len(text):,} digits, of which {MAX_DIGITS:,} are the most")


_TAGGED: dict[str, tuple[str, Callable[[str], Scalar]]] = {
    CORE + "str": ("a string", str),
    CORE + "int": ("an integer", _integer),
    CORE + "float": ("a number", _real),
    CORE + "bool": ("true or false", _BOOL.get),
    CORE + "null": ("null", lambda text: None),
}
"""Core tag → what it stands for, and the reader that gives None where a text is no such value."""
