"""The branch of a union that the author meant, so that only its errors are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jsonschema.exceptions import ValidationError

from nnspec.schema.foreign import meant, translate

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    Errors = Iterator[ValidationError]

DEFAULT_TYPE = "dense"


class Neighbours(NamedTuple):
    """What a key that a layer does not have may be meant for.

    Attributes:
        kinds: the kinds of layers.
        parameters: those of the layer's own activation, where it is a plain name.
    """

    kinds: Collection[str]
    parameters: Collection[str]


def layer_union(
    branches: Sequence[Mapping[str, Any]], activations: Sequence[Mapping[str, Any]]
) -> Callable[..., Errors]:
    """Judge a layer by its `type`, dense when absent; the activations are those of the schema."""
    known = _mappings(activations)
    kinds = {branch["properties"]["type"]["const"]: branch for branch in branches}

    def judge(validator: Any, instance: Any) -> Errors:
        if not isinstance(instance, dict):
            yield ValidationError("", validator="type", validator_value=["layer"])
            return
        kind = instance.get("type", DEFAULT_TYPE)
        if not isinstance(kind, str):
            yield _below("type", kind, "type", ["string"])
        elif kind not in kinds:
            is_activation = kind in known and translate(kind, kinds) is None
            yield _below("type", kind, "bare activation" if is_activation else "layer", [*kinds])
        elif (wrapped := _wrapped(instance, kinds)) is not None:
            yield ValidationError("", validator="wrapped", validator_value=wrapped)
        elif "type" not in instance and (candidates := _kinds_with(instance, kinds)):
            yield ValidationError("", validator="untyped", validator_value=candidates)
        else:
            used = instance.get("activation")
            parameters = (
                known[used]["properties"] if isinstance(used, str) and used in known else ()
            )
            for error in _guarded(validator, instance, kinds[kind]):
                if error.validator == "additionalProperties" and not error.relative_path:
                    error.validator_value = Neighbours(kinds, parameters)
                yield error

    return judge


def activation_union(branches: Sequence[Mapping[str, Any]]) -> Callable[..., Errors]:
    """Judge an activation by its name, or by the key `name` of its mapping."""
    names = {branch["const"]: branch for branch in branches if "const" in branch}
    mappings = _mappings(branches)

    def judge(validator: Any, instance: Any) -> Errors:
        if isinstance(instance, str):
            branch = names.get(instance, mappings.get(instance))
            if branch is None:
                yield ValidationError("", validator="activation", validator_value=sorted(mappings))
            elif instance in names:
                yield from _guarded(validator, instance, branch)
            else:
                missing = branch["required"][1:]
                yield ValidationError("", validator="parameters", validator_value=missing)
        elif not isinstance(instance, dict):
            yield ValidationError("", validator="type", validator_value=["activation"])
        elif "name" not in instance:
            yield ValidationError("", validator="unnamed", validator_value=sorted(mappings))
        elif not isinstance(instance["name"], str):
            yield _below("name", instance["name"], "type", ["string"])
        elif instance["name"] not in mappings:
            yield _below("name", instance["name"], "activation", sorted(mappings))
        else:
            yield from _guarded(validator, instance, mappings[instance["name"]])

    return judge


def _mappings(branches: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Give the mapping form of each activation by all its names."""
    mappings: dict[str, Mapping[str, Any]] = {}
    for branch in branches:
        if "const" not in branch:
            name = branch["properties"]["name"]
            mappings.update(dict.fromkeys(name.get("enum", [name.get("const")]), branch))
    return mappings


def any_of(validator: Any, branches: Any, instance: Any, schema: Any) -> Errors:
    """Judge another union by the branch of the right type that comes nearest."""
    judged = [list(validator.descend(instance, branch)) for branch in branches]
    if not all(judged):
        return
    fitting = [i for i, errors in enumerate(judged) if not any(map(_is_of_type, errors))]
    here = [error for errors in judged for error in errors if not error.relative_path]
    if not fitting:
        types = [name for e in here if _is_of_type(e) for name in e.validator_value]
        yield ValidationError("", validator="type", validator_value=list(dict.fromkeys(types)))
    elif all(error.validator in {"const", "enum"} for errors in judged for error in errors):
        values = [e.validator_value for e in here]
        choices = [v for each in values for v in (each if isinstance(each, list) else [each])]
        yield ValidationError("", validator="enum", validator_value=choices)
    elif (special := _between([branches[i] for i in fitting], instance)) is not None:
        yield special
    else:
        yield from judged[max(fitting, key=lambda i: _likeness(instance, branches[i]))]


def _between(branches: Sequence[Any], instance: Any) -> ValidationError | None:
    """Find a mapping that has the keys of two branches, or nothing that tells its branch."""
    if not isinstance(instance, dict) or len(branches) < 2:
        return None
    needed = [b["required"] for b in branches if isinstance(b, dict) and b.get("required")]
    given = [keys[0] for keys in needed if instance.keys() >= {*keys}]
    if len(given) > 1:
        return ValidationError("", validator="exclusive", validator_value=given)
    if needed and all(_likeness(instance, branch) == (0, 0) for branch in branches):
        keys = [keys[0] for keys in needed]
        return ValidationError("", validator="one needed", validator_value=keys)
    return None


def one_of(validator: Any, branches: Any, instance: Any, schema: Any) -> Errors:
    """Judge like any_of, and refuse what fits two branches."""
    valid = [branch for branch in branches if not any(validator.descend(instance, branch))]
    if len(valid) > 1:
        yield ValidationError("")
    elif not valid:
        yield from any_of(validator, branches, instance, schema)


def _below(key: str, value: Any, keyword: str, wanted: Any) -> ValidationError:
    """Make an error about the value of a key, not about the whole mapping."""
    return ValidationError(
        "", path=[key], validator=keyword, validator_value=wanted, instance=value
    )


def _is_of_type(error: ValidationError) -> bool:
    return error.validator == "type" and not error.relative_path


def _likeness(instance: Any, branch: Any) -> tuple[int, int]:
    """Count the keys that a branch needs and the mapping has, misspelt or not, then all it has."""
    if not isinstance(instance, dict) or not isinstance(branch, dict):
        return (0, 0)
    known = branch.get("properties", {})
    needed = [key for key in branch.get("required", ()) if key in instance]
    wanted = [meant(key, branch.get("required", ())) for key in instance if key not in known]
    return (len(needed) + len(wanted) - wanted.count(None), sum(key in known for key in instance))


def _wrapped(instance: Mapping[str, Any], kinds: Mapping[str, Any]) -> str | None:
    """Give the kind of a layer that is written as its only key: {dropout: {rate: 0.5}}."""
    key, *others = instance or ("",)
    is_key = key in kinds.get(DEFAULT_TYPE, {}).get("properties", ())
    return key if key in kinds and not others and not is_key else None


def _kinds_with(instance: Mapping[str, Any], kinds: Mapping[str, Any]) -> list[str]:
    """List the kinds that a layer without `type` may be, if it cannot be a dense one."""
    keys = instance.keys() - {"name"}
    if not keys or "size" in keys:
        return []
    return [
        kind
        for kind, branch in sorted(kinds.items())
        if kind != DEFAULT_TYPE and keys <= branch["properties"].keys()
    ]


def _guarded(validator: Any, instance: Any, branch: Any) -> Errors:
    """Judge by a plugin's own schema, which may fail on data that its author never met."""
    try:
        yield from validator.descend(instance, branch)
    except RecursionError:
        raise
    except Exception as error:  # whatever it is, the other branches go on
        problem = f"{type(error).__name__}: {error}"
        yield ValidationError("", validator="failed", validator_value=problem, schema=branch)
