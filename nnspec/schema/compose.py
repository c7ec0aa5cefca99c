"""The fixed part of the language, the layer kinds and the activations, as one JSON Schema."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from nnspec.schema.fragments import check_fragment, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nnspec.plugin.activation import Activation
    from nnspec.plugin.layer import Layer
    from nnspec.plugin.registry import Kind, Registry

NAME_PATTERN = "^[A-Za-z_][A-Za-z0-9_-]*$"

_LAYER_NAME = {
    "title": "Name",
    "description": "The layer's name, which its weights are found by; <type><number> when absent.",
    "type": "string",
    "pattern": NAME_PATTERN,
}


def compose(registry: Registry) -> dict[str, Any]:
    """Compose the schema of all that is registered: draft 2020-12, the same for the same plugins.

    A layer or activation whose own part is no sound schema is refused by name: its branch of the
    union holds the reason and the keyword `not`, and the others are none the worse for it. Where
    two plugins claim a name, the schema has the first; the rule `plugin-conflict` does the rest.

    Examples:
        >>> from nnspec.plugin.registry import Registry
        >>> compose(Registry())["properties"]["task"]["enum"]
        ['regression', 'binary', 'multilabel', 'multiclass']
    """
    schema: dict[str, Any] = json.loads(
        files("nnspec.schema").joinpath("base.json").read_text("utf-8")
    )
    names: dict[str, list[str]] = {name: [name] for name in registry.activations}
    for alias, canonical in sorted(registry.aliases.items()):
        if alias != canonical:
            names[canonical].append(alias)
    activations = [
        _activation(registry.activations[name], spelt, _origin(registry, "activation", name))
        for name, spelt in sorted(names.items())
    ]
    schema["$defs"]["layer"] = {
        "title": "Layer",
        "description": "One layer; its kind is its `type`, dense when absent.",
        "anyOf": [
            _layer(registry.layers[name], _origin(registry, "layer", name))
            for name in sorted(registry.layers)
        ],
    }
    schema["$defs"]["activation"] = {
        "title": "Activation",
        "description": "A name, or a mapping with the name and its parameters.",
        "anyOf": [
            *(branch for constants, _ in activations for branch in constants),
            *(mapping for _, mapping in activations),
        ],
    }
    return schema


def _layer(layer: Layer, origin: str) -> dict[str, Any]:
    kind: dict[str, Any] = {
        "title": "Type",
        "description": "The kind of layer.",
        "const": layer.type,
    }
    if layer.type == "dense":
        kind["default"] = "dense"
    head = {"title": layer.title, "description": layer.description}
    try:
        properties = {key: _sound(key, part) for key, part in layer.properties.items()}
    except ValueError as error:
        return {**_refused(layer.type, origin, error), "properties": {"type": kind}}
    return {
        **head,
        "type": "object",
        "properties": {"type": kind, "name": _LAYER_NAME, **properties},
        "required": [*([] if layer.type == "dense" else ["type"]), *layer.required],
        "additionalProperties": False,
    }


def _activation(
    activation: Activation, names: list[str], origin: str
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Give a constant for each name, and the mapping of the name with its parameters.

    There are no constants where a parameter without default needs the mapping.
    """
    about = _about(activation)
    choice: dict[str, Any] = {"title": "Name", "description": "The activation's name."}
    choice |= {"const": names[0]} if len(names) == 1 else {"enum": names}
    try:
        properties = {key: _sound(key, part) for key, part in activation.parameters.items()}
    except ValueError as error:
        return (
            [{**_refused(name, origin, error), "const": name} for name in names],
            {**_refused(activation.name, origin, error), "properties": {"name": choice}},
        )
    constants = [
        {
            "const": name,
            "title": name,
            "description": about if name == names[0] else f"The same as {names[0]}. {about}",
        }
        for name in ([] if activation.required else names)
    ]
    mapping = {
        "title": f"{activation.name} with parameters",
        "description": about,
        "type": "object",
        "properties": {"name": choice, **properties},
        "required": ["name", *activation.required],
        "additionalProperties": False,
    }
    return constants, mapping


def _about(activation: Activation) -> str:
    parts = (activation.summary or f"The activation {activation.name}.", activation.formula)
    return " ".join(part for part in parts if part)


def _sound(key: str, fragment: Mapping[str, Any]) -> Any:
    try:
        copy = plain(fragment)
        check_fragment(copy)
    except ValueError as error:
        raise ValueError(f"the schema of {key!r} is unsound: {error}") from error
    return copy


def _refused(name: str, origin: str, error: ValueError) -> dict[str, Any]:
    return {"title": name, "description": f"{origin} gives {name!r}, but {error}", "not": {}}


def _origin(registry: Registry, kind: Kind, name: str) -> str:
    return str(registry.origins.get((kind, name), "a plugin"))
