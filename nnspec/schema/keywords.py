"""The keywords of JSON Schema as nnspec judges them: stricter, bounded, and without repr.

- An integer is written as one: 784.0 is none, and neither is true.
- A number is finite, since NaN passes every bound, unless its schema says otherwise.
- Only short texts meet patterns; only short lists are compared item by item.
- No message is built here: that of jsonschema shows the whole value, and fails for huge ones.
"""

from __future__ import annotations

import math
import operator
import re
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Errors = Iterator[ValidationError]

LONGEST_FOR_PATTERN = 100
LONGEST_FOR_UNIQUE = 1000
MAY_BE_NAN = "may be NaN or infinite"
"""The `$comment` of a number that need not be finite."""
_PLAIN = frozenset({"title", "description", "type", "$comment"})

TYPES = Draft202012Validator.TYPE_CHECKER.redefine(
    "integer", lambda _, value: isinstance(value, int) and not isinstance(value, bool)
)


def is_finite(value: object) -> bool:
    """Say whether a number has a finite float64; other values have nothing to fear."""
    if isinstance(value, int):
        return value.bit_length() <= 1023
    return not isinstance(value, float) or math.isfinite(value)


def type_(validator: Any, types: Any, instance: Any, schema: Any) -> Errors:
    """Check the type, and then that a number is finite."""
    wanted = [types] if isinstance(types, str) else types
    if not any(validator.is_type(instance, name) for name in wanted):
        yield ValidationError("", validator_value=wanted)
    elif not is_finite(instance) and schema.get("$comment") != MAY_BE_NAN:
        yield ValidationError("", validator="finite", validator_value=wanted)


def bound(holds: Callable[[Any, Any], bool]) -> Callable[..., Errors]:
    """Make one of minimum, maximum, exclusiveMinimum, exclusiveMaximum."""

    def check(validator: Any, limit: Any, instance: Any, schema: Any) -> Errors:
        is_number = validator.is_type(instance, "number")
        if is_number and is_finite(instance) and not holds(instance, limit):
            yield ValidationError("")

    return check


def const(validator: Any, value: Any, instance: Any, schema: Any) -> Errors:
    """Check equality as JSON Schema has it: true is not 1."""
    if any(enum(validator, [value], instance, schema)):
        yield ValidationError("")


def enum(validator: Any, values: Any, instance: Any, schema: Any) -> Errors:
    """Check that the value is one of those; true is not 1."""
    same = (v == instance and isinstance(v, bool) == isinstance(instance, bool) for v in values)
    if not any(same):
        yield ValidationError("")


def multiple_of(validator: Any, step: Any, instance: Any, schema: Any) -> Errors:
    """Check a multiple; what overflows is none."""
    if validator.is_type(instance, "number") and is_finite(instance):
        quotient = instance / step
        if not math.isfinite(quotient) or quotient != int(quotient):
            yield ValidationError("")


def pattern(validator: Any, expression: str, instance: Any, schema: Any) -> Errors:
    r"""Search a pattern in a short text; `$` is its end, not the newline before it."""
    if isinstance(instance, str):
        if expression.endswith("$") and not expression.endswith("\\$"):
            expression = expression[:-1] + r"\Z"
        if len(instance) > LONGEST_FOR_PATTERN:
            yield ValidationError("", validator="maxLength", validator_value=LONGEST_FOR_PATTERN)
        elif not re.search(expression, instance):
            yield ValidationError("")


def unique_items(validator: Any, wanted: Any, instance: Any, schema: Any) -> Errors:
    """Compare the items of a short list; comparing takes quadratic time."""
    if isinstance(instance, list) and len(instance) > LONGEST_FOR_UNIQUE:
        yield ValidationError("", validator="maxItems", validator_value=LONGEST_FOR_UNIQUE)
    else:
        stock = Draft202012Validator.VALIDATORS["uniqueItems"]
        yield from stock(validator, wanted, instance, schema) or ()


def additional_properties(validator: Any, wanted: Any, instance: Any, schema: Any) -> Errors:
    """Leave the keys that no other keyword allows to `explain`, one by one."""
    if wanted is False and "patternProperties" not in schema:
        if isinstance(instance, dict) and instance.keys() - schema.get("properties", {}).keys():
            yield ValidationError("")
    else:
        stock = Draft202012Validator.VALIDATORS["additionalProperties"]
        yield from stock(validator, wanted, instance, schema) or ()


def items(validator: Any, each: Any, instance: Any, schema: Any) -> Errors:
    """Judge each item; the rows of a matrix of floats need no walk through the schema."""
    is_plain = isinstance(each, dict) and each.keys() <= _PLAIN and each.get("type") == "number"
    if not (is_plain and isinstance(instance, list) and _all_finite(instance)):
        yield from Draft202012Validator.VALIDATORS["items"](validator, each, instance, schema)


def _all_finite(numbers: list[Any]) -> bool:
    return {*map(type, numbers)} <= {float} and all(map(math.isfinite, numbers))


def required(validator: Any, keys: Any, instance: Any, schema: Any) -> Errors:
    """Yield one error for each key that is missing."""
    if isinstance(instance, dict):
        for key in keys:
            if key not in instance:
                yield ValidationError("", validator_value=key)


KEYWORDS: dict[str, Callable[..., Errors]] = {
    "type": type_,
    "const": const,
    "enum": enum,
    "minimum": bound(operator.ge),
    "maximum": bound(operator.le),
    "exclusiveMinimum": bound(operator.gt),
    "exclusiveMaximum": bound(operator.lt),
    "multipleOf": multiple_of,
    "pattern": pattern,
    "uniqueItems": unique_items,
    "additionalProperties": additional_properties,
    "items": items,
    "required": required,
}
