"""Judge a document by the schema; every fault becomes a finding in plain words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import reduce
from operator import getitem
from typing import TYPE_CHECKING, Any, cast

from nnspec.diagnostics.diagnostic import Finding
from nnspec.schema.foreign import meant
from nnspec.schema.words import found, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jsonschema.exceptions import ValidationError

    from nnspec.source.document import Document

MINIMAL = "the least that a spec has: nnspec: 1, task: regression, input: 2, layers: [], output: 1"

_PRECEDENCE = {"type": 0, "finite": 1}
_SCALARS = frozenset({"string", "number", "integer", "boolean"})


def check(document: Document, schema: Mapping[str, Any]) -> list[Finding]:
    """Find what the composed schema has against a document: one finding for each cause.

    It never raises, whatever plain data the document holds, and fetches nothing. Of a union it
    judges the branch that the author meant: a layer by `type`, an activation by its name,
    anything else by type and keys.
    """
    data = document.data
    if not isinstance(data, dict):
        message = f"expected a mapping with the key 'nnspec', found {found(data)}"
        return [Finding("bad-type", message, "", MINIMAL)]
    if not data.keys() & schema["properties"].keys():
        return [Finding("missing-key", "missing key 'nnspec': this is no spec", "", MINIMAL)]

    from nnspec.schema.explain import explain
    from nnspec.schema.validator import validator

    try:
        errors = list(validator(schema).iter_errors(data))
    except RecursionError:
        return [Finding("bad-value", "nested too deeply to be judged")]
    return [
        _for_list(finding, error, data)
        for error in _causes(errors, data)
        if not _is_echo(error)
        for finding in explain(error)
    ]


def _causes(errors: Iterable[ValidationError], data: Any) -> list[ValidationError]:
    """Keep one error a place, and one for a list in which every scalar is of the wrong type."""
    chosen: dict[tuple[object, ...], ValidationError] = {}
    for error in sorted(errors, key=lambda error: _PRECEDENCE.get(str(error.validator), 2)):
        place: tuple[object, ...] = (*error.absolute_path,)
        if error.validator == "required":
            place = (*place, "missing", error.validator_value)
        elif error.validator == "additionalProperties":
            place = (*place, "unknown")
        chosen.setdefault(place, error)
    count = Counter(above for error in chosen.values() if (above := _scalar_list(error)))
    return [
        error
        for error in chosen.values()
        if not (above := _scalar_list(error))
        or error.absolute_path[-1] == 0
        or count[above] < len(_at(data, above))
    ]


def _scalar_list(error: ValidationError) -> tuple[str | int, ...]:
    """Give the path of the list of texts or numbers in which something else stands, or ()."""
    path, wanted = (*error.absolute_path,), cast("list[str]", error.validator_value)
    in_list = error.validator == "type" and path and isinstance(path[-1], int)
    return path[:-1] if in_list and _SCALARS.issuperset(wanted) else ()


def _at(data: Any, path: Iterable[str | int]) -> Any:
    return reduce(getitem, path, data)


def _is_echo(error: ValidationError) -> bool:
    """Say whether the key that is missing stands there misspelt: the unknown key tells it."""
    if error.validator != "required":
        return False
    schema, mapping = cast("dict[str, Any]", error.schema), cast("dict[str, Any]", error.instance)
    known = schema.get("properties", {})
    absent = [key for key in known if key not in mapping]
    unknown = [key for key in mapping if key not in known]
    return schema.get("additionalProperties") is False and any(
        meant(key, absent) == error.validator_value for key in unknown
    )


def _for_list(finding: Finding, error: ValidationError, data: Any) -> Finding:
    """Where a list should hold texts, show the whole list in quotes."""
    above = _scalar_list(error)
    if not above or error.validator_value != ["string"]:
        return finding
    items = _at(data, above)
    if len(items) > 20 or not all(isinstance(item, (str, int, float)) for item in items):
        return finding
    return replace(finding, hint=f"in quotes they are texts: [{', '.join(map(quoted, items))}]")
