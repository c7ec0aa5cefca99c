"""A plugin's part of the schema comes from outside: what would make it unfit, or a danger."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nnspec.diagnostics.quote import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OWN_REFERENCES = frozenset({"#/$defs/activation", "#/$defs/layer", "#/$defs/layers"})
"""What a fragment may refer to; any other reference would be looked for elsewhere."""

_MOVING = ("$schema", "$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$defs", "$vocabulary")
_DATA = frozenset({"default", "examples", "const", "enum"})
_ESCAPE_OR_CLASS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)


def plain(fragment: Mapping[str, Any]) -> Any:
    """Copy a fragment to plain JSON data.

    Raises:
        ValueError: it holds what JSON cannot, such as NaN, a NumPy number or a cycle.
    """
    try:
        text = json.dumps(fragment, allow_nan=False, default=as_mapping)
        return json.loads(text)
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"it is no JSON: {error}") from error


def check_fragment(fragment: Any) -> None:
    """Refuse a fragment that the composed schema cannot hold.

    A reference may lead to the layers and activations only, so that nothing is ever fetched. A
    pattern must not repeat a group, and have at most four open repetitions: others can take
    exponential time on a text that a stranger wrote.

    Raises:
        ValueError: what is wrong with it, as a phrase.

    Examples:
        >>> check_fragment({"type": "string", "pattern": "^(a+)+$"})
        Traceback (most recent call last):
        ...
        ValueError: the pattern '^(a+)+$' can take exponential time: it repeats a group
    """
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError

    try:
        Draft202012Validator.check_schema(fragment)
    except SchemaError as error:
        where = "/".join(map(str, error.absolute_path))
        problem = f"{quote(error.instance)} is not valid under {where!r}" if where else "it is none"
        raise ValueError(f"it is no JSON Schema: {problem}") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    for keyword, value in _keywords(fragment):
        if keyword in _MOVING:
            raise ValueError(f"{keyword} has no place in a fragment of a schema")
        if keyword == "$ref" and value not in OWN_REFERENCES:
            known = ", ".join(sorted(OWN_REFERENCES))
            raise ValueError(f"it refers to {quote(value)}; it may refer to {known} only")
        if keyword == "pattern":
            _check_pattern(value)
        if keyword == "patternProperties":
            for pattern in value:
                _check_pattern(pattern)


def _keywords(fragment: Any) -> Iterator[tuple[str, Any]]:
    """Yield every keyword; a property that is called like one has a schema, not a text."""
    if isinstance(fragment, list):
        for item in fragment:
            yield from _keywords(item)
    elif isinstance(fragment, dict):
        for key, value in fragment.items():
            is_name = key in {"$ref", "pattern"} and not isinstance(value, str)
            if not is_name:
                yield key, value
            if key not in _DATA:
                yield from _keywords(value)


def _check_pattern(pattern: str) -> None:
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"the pattern {quote(pattern)} is no regular expression") from error
    bare = _ESCAPE_OR_CLASS.sub("x", pattern)
    if re.search(r"\)(?:[*+]|\{)", bare):
        raise ValueError(
            f"the pattern {quote(pattern)} can take exponential time: it repeats a group"
        )
    if len(re.findall(r"[*+]|,\}", bare)) > 4:
        raise ValueError(f"the pattern {quote(pattern)} can take long: more than 4 repetitions")


def as_mapping(value: object) -> dict[Any, Any]:
    """Take a mapping that is no dict, such as a read-only view, for json."""
    if hasattr(value, "keys") and hasattr(value, "__getitem__"):
        return {key: value[key] for key in value.keys()}  # noqa: SIM118 - any mapping
    raise TypeError(f"{type(value).__name__} has no JSON form")
