"""What the schema has against a value, in words: one function a keyword."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nnspec.diagnostics.diagnostic import Finding
from nnspec.diagnostics.quote import quote
from nnspec.diagnostics.suggest import did_you_mean, unmistakable
from nnspec.schema import foreign, union_faults, words
from nnspec.schema.compose import NAME_PATTERN
from nnspec.schema.remedy import remedy
from nnspec.schema.unions import Neighbours
from nnspec.source.document import join

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from jsonschema.exceptions import ValidationError

_BOUNDS = {
    "minimum": "at least",
    "maximum": "at most",
    "exclusiveMinimum": "more than",
    "exclusiveMaximum": "less than",
}
_SIZES = {
    "minLength": "at least {} character",
    "maxLength": "at most {} character",
    "minItems": "at least {} item",
    "maxItems": "at most {} item",
    "minProperties": "at least {} key",
    "maxProperties": "at most {} key",
}


def explain(error: ValidationError) -> Iterator[Finding]:
    """Turn one error of the validator into findings, one for each cause.

    Where there is no better hint, what the schema says of the key tells what belongs there.
    """
    for finding in _findings(error):
        hint = finding.hint or _about(error)
        yield replace(finding, hint=hint)


def _findings(error: ValidationError) -> Iterator[Finding]:
    pointer = join("", *error.absolute_path)
    keyword = str(error.validator)
    if keyword in _BOUNDS:
        limit = f"{_BOUNDS[keyword]} {quote(error.validator_value)}"
        message = f"expected {limit}, found {words.found(error.instance)}"
        yield Finding("bad-range", message, pointer)
    elif keyword in _SIZES:
        yield from _size(error, pointer, _SIZES[keyword])
    elif keyword in _EXPLAINERS:
        yield from _EXPLAINERS[keyword](error, pointer)
    else:
        message = f"{words.found(error.instance)} breaks the rule {keyword!r} of the schema"
        yield Finding("bad-value", message, pointer, _about(error))


def _type(error: ValidationError, pointer: str) -> Iterator[Finding]:
    types: Any = error.validator_value
    message = f"expected {words.expected(types)}, found {words.found(error.instance)}"
    schema: Any = error.schema
    if isinstance(schema, dict) and "enum" in schema:
        hint: str | None = f"write {words.listed(map(str, schema['enum']))}"
    else:
        mapping = schema if isinstance(schema, dict) else {}
        hint = remedy(types, error.instance, mapping, pointer)
    yield Finding("bad-type", message, pointer, hint)


def _finite(error: ValidationError, pointer: str) -> Iterator[Finding]:
    message = f"expected a finite number, found {words.found(error.instance)}"
    yield Finding("bad-range", message, pointer)


def _required(error: ValidationError, pointer: str) -> Iterator[Finding]:
    key = str(error.validator_value)
    schema: Any = error.schema
    known = schema.get("properties", {})
    hint = f"add '{key}: {_example(known.get(key, {}))}'"
    yield Finding("missing-key", f"missing key {quote(key)}", pointer, hint)


def _additional(error: ValidationError, pointer: str) -> Iterator[Finding]:
    instance: Any = error.instance
    schema: Any = error.schema
    known = schema.get("properties", {})
    name = known.get("name", {})
    is_activation = "const" in name or "enum" in name
    choices = [key for key in known if not (is_activation and key == "name")]
    absent = [key for key in choices if key not in instance]
    meant = {key: unmistakable(key, absent) for key in instance if key not in known}
    claims = Counter(meant.values())
    for key in instance:
        if key in known:
            continue
        if is_activation:
            code, message = "bad-parameter", f"{instance['name']} has no parameter {quote(key)}"
        else:
            code, message = "unknown-key", f"unknown key {quote(key)}"
        hint = (
            foreign.hint(key, absent)
            or _neighbour(key, instance, error.validator_value)
            or did_you_mean(key, choices)
            or _all(choices)
        )
        fix = meant[key] if claims[meant[key]] == 1 else None
        yield Finding(code, message, join(pointer, key), hint, at="key", fix=fix)


def _neighbour(key: str, layer: Mapping[str, Any], near: object) -> str | None:
    """Say where a key of a layer belongs that is a kind of layer, or one of its activation."""
    if not isinstance(near, Neighbours):
        return None
    if key in near.kinds:
        return f"it is a layer of its own: {{type: {key}, …}}"
    if key in near.parameters:
        return f"it belongs to the activation: {{name: {layer['activation']}, {key}: …}}"
    return None


def _enum(error: ValidationError, pointer: str) -> Iterator[Finding]:
    choices: Any = error.validator_value
    shown = [str(choice) if isinstance(choice, str) else quote(choice) for choice in choices]
    message = f"{words.found(error.instance)} is not {words.listed(shown)}"
    texts = [choice for choice in choices if isinstance(choice, str)]
    hint = fix = None
    if isinstance(error.instance, str):
        hint = foreign.hint(error.instance, texts)
        fix = unmistakable(error.instance, texts)
    yield Finding("bad-choice", message, pointer, hint, fix=fix)


def _const(error: ValidationError, pointer: str) -> Iterator[Finding]:
    if pointer == "/nnspec":
        message = f"format version {words.found(error.instance)} is not known"
        yield Finding("bad-version", message, pointer, "this nnspec reads version 1: 'nnspec: 1'")
    else:
        message = f"expected {quote(error.validator_value)}, found {words.found(error.instance)}"
        yield Finding("bad-value", message, pointer)


def _pattern(error: ValidationError, pointer: str) -> Iterator[Finding]:
    if error.validator_value == NAME_PATTERN:
        message = f"{quote(error.instance)} cannot be a layer's name"
        hint = "a letter or '_' first, then letters, digits, '_' and '-'"
        yield Finding("bad-name", message, pointer, hint)
    else:
        message = f"{quote(error.instance)} does not fit the pattern {error.validator_value}"
        yield Finding("bad-value", message, pointer, _about(error))


def _not(error: ValidationError, pointer: str) -> Iterator[Finding]:
    if error.validator_value == {}:
        message = f"{_about(error)}"
        yield Finding("plugin-missing", message, pointer, "mend the plugin, or use another")
    else:
        yield Finding("bad-value", f"{words.found(error.instance)} is excluded", pointer)


def _failed(error: ValidationError, pointer: str) -> Iterator[Finding]:
    message = f"the plugin's schema cannot judge this: {quote(error.validator_value)}"
    yield Finding("bad-value", message, pointer, _about(error))


def _size(error: ValidationError, pointer: str, form: str) -> Iterator[Finding]:
    limit: Any = error.validator_value
    what = form.format(limit) + ("" if limit == 1 else "s")
    length = len(error.instance)  # type: ignore[arg-type]
    yield Finding("bad-value", f"expected {what}, found {length or 'none'}", pointer, _about(error))


def _about(error: ValidationError) -> str | None:
    """Give what the schema says of the place, as a hint."""
    schema: Any = error.schema
    text = schema.get("description") if isinstance(schema, dict) else None
    return re.sub(r"\.\Z", "", text) if isinstance(text, str) else None


def _all(keys: Sequence[str]) -> str:
    if not keys:
        return "it has none"
    return f"there {'is' if len(keys) == 1 else 'are'} {words.listed(keys, 'and')}"


def _example(schema: Mapping[str, Any]) -> str:
    """Give a value that a key might have, as YAML on one line."""
    for key in ("examples", "enum"):
        if schema.get(key):
            return str(schema[key][0]) if isinstance(schema[key][0], str) else quote(schema[key][0])
    if "default" in schema:
        return quote(schema["default"])
    known = {"integer": "1", "number": "1.0", "boolean": "true", "array": "[…]", "object": "{…}"}
    return known.get(str(schema.get("type")), "…")


_EXPLAINERS: dict[str, Callable[[ValidationError, str], Iterator[Finding]]] = {
    **union_faults.EXPLAINERS,
    "type": _type,
    "finite": _finite,
    "required": _required,
    "additionalProperties": _additional,
    "enum": _enum,
    "const": _const,
    "pattern": _pattern,
    "not": _not,
    "failed": _failed,
}
