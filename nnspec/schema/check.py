"""Judge a document by the schema; every fault becomes a finding in plain words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from nnspec.diagnostics.diagnostic import Finding
from nnspec.diagnostics.suggest import closest
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
        for error in _causes(errors)
        if not _is_echo(error)
        for finding in explain(error)
    ]


def _causes(errors: Iterable[ValidationError]) -> list[ValidationError]:
    """Keep one error a place, and one for a list whose scalars are of the wrong type."""
    chosen: dict[tuple[object, ...], ValidationError] = {}
    for error in sorted(errors, key=lambda error: _PRECEDENCE.get(str(error.validator), 2)):
        path = tuple(error.absolute_path)
        if error.validator == "required":
            place: tuple[object, ...] = (*path, "missing", error.validator_value)
        elif error.validator == "additionalProperties":
            place = (*path, "unknown")
        elif error.validator == "type" and path and isinstance(path[-1], int):
            wanted: Any = error.validator_value
            place = (*path[:-1], "items") if _SCALARS.issuperset(wanted) else path
        else:
            place = path
        chosen.setdefault(place, error)
    return list(chosen.values())


def _is_echo(error: ValidationError) -> bool:
    """Say whether the key that is missing stands there misspelt: the unknown key tells it."""
    if error.validator != "required":
        return False
    schema, mapping = cast("dict[str, Any]", error.schema), cast("dict[str, Any]", error.instance)
    known = schema.get("properties", {})
    absent = [key for key in known if key not in mapping]
    unknown = [key for key in mapping if key not in known]
    return schema.get("additionalProperties") is False and any(
        closest(key, absent) == error.validator_value for key in unknown
    )


def _for_list(finding: Finding, error: ValidationError, data: Any) -> Finding:
    """Where a list should hold texts, show the whole list in quotes."""
    path = list(error.absolute_path)
    if error.validator_value != ["string"] or not path or not isinstance(path[-1], int):
        return finding
    for part in path[:-1]:
        data = data[part]
    if len(data) > 20 or not all(isinstance(item, (str, int, float)) for item in data):
        return finding
    return replace(finding, hint=f"in quotes they are texts: [{', '.join(map(quoted, data))}]")
