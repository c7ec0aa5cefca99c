"""The validator of jsonschema with nnspec's keywords and unions; it fetches nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator, validators
from referencing import Registry

from nnspec.schema.keywords import KEYWORDS, TYPES
from nnspec.schema.unions import activation_union, any_of, layer_union, one_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator


_MADE: dict[int, tuple[Mapping[str, Any], Validator]] = {}
"""Validators by the identity of their schemas, which are kept so that no other can have it."""
_MOST = 4


def validator(schema: Mapping[str, Any]) -> Validator:
    """Give the validator for a composed schema; the same for the same object."""
    made = _MADE.get(id(schema))
    if made is None:
        if len(_MADE) >= _MOST:
            _MADE.clear()
        made = _MADE[id(schema)] = schema, _make(schema)
    return made[1]


def _make(schema: Mapping[str, Any]) -> Validator:
    layers, activations = (schema["$defs"][name]["anyOf"] for name in ("layer", "activation"))
    unions = {
        "#/$defs/layer": layer_union(layers, activations),
        "#/$defs/activation": activation_union(activations),
    }
    stock = Draft202012Validator.VALIDATORS["$ref"]

    def ref(validator: Any, target: str, instance: Any, schema: Any) -> Iterator[ValidationError]:
        if target in unions:
            yield from unions[target](validator, instance)
        else:
            yield from stock(validator, target, instance, schema)

    keywords = {**KEYWORDS, "$ref": ref, "anyOf": any_of, "oneOf": one_of}
    extend: Any = validators.extend  # untyped in the stubs
    judge: Validator = extend(Draft202012Validator, keywords, type_checker=TYPES)(
        schema, registry=Registry()
    )
    return judge
