"""What the judges of unions have against a value, in words: one function a kind of fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nnspec.diagnostics.diagnostic import Finding
from nnspec.diagnostics.quote import quote
from nnspec.diagnostics.suggest import closest, unmistakable
from nnspec.plugin.firstparty import DISTRIBUTIONS
from nnspec.schema import foreign, words
from nnspec.source.document import join

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jsonschema.exceptions import ValidationError


def _one_needed(error: ValidationError, pointer: str) -> Iterator[Finding]:
    keys: Any = error.validator_value
    instance: Any = error.instance
    hint = f"add {words.listed(map(quote, keys))}"
    if pointer == "/weights":
        hint = _of_weights(instance, error.schema) or hint
    message = f"missing key {words.listed(map(quote, keys))}"
    yield Finding("missing-key", message, pointer, hint)


def _of_weights(instance: Mapping[str, Any], schema: Any) -> str | None:
    """Say where arrays belong, or an initialiser, that stand in the mapping by themselves."""
    if any(isinstance(value, list) for value in instance.values()):
        return "arrays stand under 'values': {values: {output.weight: …}}"
    forms = [branch.get("properties", {}) for branch in schema["anyOf"]]
    (schemes,) = (form["init"]["enum"] for form in forms if "init" in form)
    scheme = next(filter(None, (foreign.meant(key, schemes) for key in instance)), None)
    return scheme and f"write {{init: {scheme}, seed: 0}}"


def _exclusive(error: ValidationError, pointer: str) -> Iterator[Finding]:
    keys: Any = error.validator_value
    message = f"{words.listed(map(quote, keys), 'and')} exclude each other"
    yield Finding("bad-value", message, join(pointer, keys[-1]), "keep one of them", at="key")


def _wrapped(error: ValidationError, pointer: str) -> Iterator[Finding]:
    kind = str(error.validator_value)
    message = f"unknown key {quote(kind)}: a layer names its kind under 'type'"
    hint = f"write {{type: {kind}, …}}"
    yield Finding("unknown-key", message, join(pointer, kind), hint, at="key")


def _bare(error: ValidationError, pointer: str) -> Iterator[Finding]:
    name = str(error.instance)
    hint = f"an activation by itself is {{type: activation, activation: {name}}}"
    yield Finding("unknown-layer-type", f"unknown layer type {quote(name)}", pointer, hint)


def _parameters(error: ValidationError, pointer: str) -> Iterator[Finding]:
    missing: Any = error.validator_value
    name = str(error.instance)
    shown = ", ".join(f"{key}: …" for key in missing)
    message = f"{quote(name)} needs {words.listed(map(quote, missing), 'and')}"
    yield Finding("missing-key", message, pointer, f"write {{name: {name}, {shown}}}")


def _untyped(error: ValidationError, pointer: str) -> Iterator[Finding]:
    kinds: Any = error.validator_value
    message = "a layer without 'type' is dense, and this one has no 'size'"
    hint = (
        f"add 'type: {kinds[0]}'" if len(kinds) == 1 else f"its type may be {words.listed(kinds)}"
    )
    yield Finding("missing-key", message, pointer, hint)


def _layer(error: ValidationError, pointer: str) -> Iterator[Finding]:
    kinds: Any = error.validator_value
    name = str(error.instance)
    hint = foreign.hint(name, kinds) or f"there are {words.listed(kinds, 'and')}"
    fix = unmistakable(name, kinds)
    yield Finding("unknown-layer-type", f"unknown layer type {quote(name)}", pointer, hint, fix=fix)


_NAMING = frozenset({"activation", "class_name", "function", "kind", "type"})
"""What others call the name of an activation."""


def _unnamed(error: ValidationError, pointer: str) -> Iterator[Finding]:
    known: Any = error.validator_value
    instance: Any = error.instance
    hint = "add 'name: …', as in {name: gelu, approximate: tanh}"
    for key, value in instance.items():
        if key in known:  # {gelu: {approximate: tanh}}
            inner = ", ".join(f"{one}: …" for one in value) if isinstance(value, dict) else "…"
            hint = (
                f"write {{name: {key}, {inner}}}" if inner and value is not None else f"write {key}"
            )
            break
        if key in _NAMING and isinstance(value, str) and value in known:  # {type: relu}
            hint = f"write 'name' for {quote(key)}: {{name: {value}, …}}"
            break
    yield Finding("missing-key", "missing key 'name'", pointer, hint)


def _activation(error: ValidationError, pointer: str) -> Iterator[Finding]:
    name = str(error.instance)
    known: Any = error.validator_value
    meant = closest(name, [*known, *DISTRIBUTIONS])
    hint = "'nnspec activations' lists them all"
    called = name.partition("(")[0].strip()
    if called != name and called in known:
        hint = f"parameters stand in a mapping: {{name: {called}, …}}"
    elif meant is not None:
        hint = "" if meant == name else f"did you mean '{meant}'?"
        if meant not in known:
            hint = f"{hint} pip install {DISTRIBUTIONS[meant]}".lstrip()
    sure = unmistakable(name, {*known, *DISTRIBUTIONS})
    fix = sure if sure in known else None
    yield Finding("unknown-activation", f"unknown activation {quote(name)}", pointer, hint, fix=fix)


EXPLAINERS: dict[str, Callable[[ValidationError, str], Iterator[Finding]]] = {
    "one needed": _one_needed,
    "exclusive": _exclusive,
    "wrapped": _wrapped,
    "bare activation": _bare,
    "parameters": _parameters,
    "untyped": _untyped,
    "layer": _layer,
    "unnamed": _unnamed,
    "activation": _activation,
}
"""Keyword of an error that unions.py made → what to say."""
