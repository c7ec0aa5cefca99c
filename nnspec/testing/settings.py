"""Which values of its parameters an activation is tried with: the defaults, then every end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nnspec.plugin.activation import Activation

_NEAR = 2.0**-10
"""How far from an exclusive limit "nearby" is; a power of two, so that float32 holds the sum."""

_PLAIN = (0.5, 1, 2, -0.5, -1)
"""What a required number is tried with, the first that its schema allows."""


def settings(
    activation: Activation, given: Mapping[str, Any] | None = None
) -> Iterator[dict[str, Any]]:
    """Yield all parameters, first with their defaults, then with one of them at an end.

    Args:
        activation: whose parameters.
        given: values that stay as they are.

    Raises:
        ValueError: a parameter has neither a default nor a value that could be guessed.

    Examples:
        >>> from nnspec.plugin.activation import Activation
        >>> slope = {"type": "number", "exclusiveMinimum": 0, "maximum": 1, "default": 0.1}
        >>> list(settings(Activation("leak", abs, parameters={"slope": slope})))
        [{'slope': 0.1}, {'slope': 1}, {'slope': 0.0009765625}]
    """
    given = given or {}
    for name in given:
        if name not in activation.parameters:
            raise ValueError(f"activation {activation.name!r} has no parameter {name!r}")
    guessed = {name: _guess(activation, name) for name in activation.required if name not in given}
    base = activation.complete({**guessed, **given})
    yield base
    for name, schema in activation.parameters.items():
        if name not in given:
            yield from ({**base, name: end} for end in _ends(schema) if not _same(end, base[name]))


def _ends(schema: Mapping[str, Any]) -> list[Any]:
    """List what a schema says is still allowed, and nothing that it forbids elsewhere."""
    step = 1 if schema.get("type") == "integer" else _NEAR
    ends = list(schema.get("enum", ()))
    ends += [False, True] if schema.get("type") == "boolean" else []
    ends += [schema[limit] for limit in ("minimum", "maximum") if limit in schema]
    if "exclusiveMinimum" in schema:
        ends.append(schema["exclusiveMinimum"] + step)
    if "exclusiveMaximum" in schema:
        ends.append(schema["exclusiveMaximum"] - step)
    return [end for end in ends if allows(schema, end)]


def _guess(activation: Activation, name: str) -> Any:
    schema = activation.parameters[name]
    for value in (*schema.get("examples", ()), *_ends(schema), *_PLAIN):
        if allows(schema, value):
            return value
    raise ValueError(
        f"activation {activation.name!r}: no value can be guessed for {name!r}; "
        f"call check_activation(…, parameters={{{name!r}: …}})"
    )


def allows(schema: Mapping[str, Any], value: Any) -> bool:
    """Say whether a parameter's schema allows a value."""
    from jsonschema import Draft202012Validator
    from referencing import Registry

    return Draft202012Validator(schema, registry=Registry()).is_valid(value)


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)
