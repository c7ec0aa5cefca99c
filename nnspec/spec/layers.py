"""The layers of a document: kind, name, settings with defaults, and the sizes they join."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from nnspec.diagnostics.diagnostic import Finding
from nnspec.diagnostics.quote import escape, quote
from nnspec.plugin.activation import NAME
from nnspec.source.document import join
from nnspec.spec.model import ActivationUse, LayerSpec

if TYPE_CHECKING:
    from nnspec.plugin.layer import Layer
    from nnspec.plugin.registry import Registry
    from nnspec.spec.field import Field

_APART = ("activation", "layers")
"""Keys that a LayerSpec holds in fields of their own."""


class LayerBuilder:
    """Builds layer after layer in the order of the document, and counts each kind.

    Attributes:
        findings: sizes that do not fit.
    """

    def __init__(self, registry: Registry) -> None:
        self.findings: list[Finding] = []
        self._registry = registry
        self._count: Counter[str] = Counter()

    def sequence(
        self, field: Field, size_in: int | None
    ) -> tuple[tuple[LayerSpec, ...], int | None]:
        """Build a list of layers; gives them and the features that leave the last one."""
        layers: list[LayerSpec] = []
        for place in field.items():
            layers.append(self._layer(place, size_in))
            size_in = layers[-1].size_out
        return tuple(layers), size_in

    def activation(self, field: Field, default: str | None) -> ActivationUse | None:
        """Resolve a name or a mapping with a name; None where there is neither and no default."""
        given = field if isinstance(field.value, str) or not field.given else field.at("name")
        written = given.text() if field.given else default
        if written is None:
            return ActivationUse(None, {}, "", field.pointer) if field.given else None
        activation = self._registry.activation(written)
        if activation is None:
            return ActivationUse(None, {}, written, field.pointer)
        parameters = {
            key: field.at(key).sound if field.at(key).given else schema.get("default")
            for key, schema in activation.parameters.items()
            if field.at(key).given or key not in activation.learnable
        }
        return ActivationUse(activation.name, parameters, written, field.pointer)

    def _layer(self, field: Field, size_in: int | None) -> LayerSpec:
        written = field.at("type").text() if field.at("type").given else "dense"
        known = isinstance(field.value, dict) and written in self._registry.layers
        type_ = written if known else None
        self._count[type_ or "layer"] += 1
        default_name = f"{type_ or 'layer'}{self._count[type_ or 'layer']}"
        name = field.at("name").text() or ""
        name = name if NAME.match(name) else default_name
        kind = self._registry.layers[type_] if type_ is not None else None
        properties = kind.properties if kind is not None else {}
        settings = {
            key: field.at(key).sound if field.at(key).given else schema.get("default")
            for key, schema in properties.items()
            if key not in _APART
        }
        activation = None
        if "activation" in properties:
            default = properties["activation"].get("default")
            activation = self.activation(field.at("activation"), default)
        layers, nested = self.sequence(field.at("layers"), size_in)
        units = None
        if kind is not None and _is_whole(field, kind):
            takes_nested = nested if "layers" in properties else None
            units = self._size(kind, settings, size_in, takes_nested, field, name)
        size_out = self.width(activation, units, name)
        return LayerSpec(
            type_, name, settings, size_in, size_out, field.pointer, activation, layers, units
        )

    def width(self, use: ActivationUse | None, units: int | None, name: str) -> int | None:
        """Apply the width of an activation to the features that enter it."""
        activation = None if use is None or not use.name else self._registry.activations[use.name]
        if use is None or activation is None or activation.width is None or units is None:
            return units
        try:
            size: object = activation.width(units, **use.parameters)
            if isinstance(size, int) and not isinstance(size, bool) and size > 0:
                return size
            problem = f"{use.written} lets {quote(size)} features out"
        except ValueError as error:
            problem = f"{use.written}: {escape(str(error))[:200]}"
        except Exception as error:  # a plugin may raise anything; the other layers go on
            problem = f"{use.written} fails with {type(error).__name__}: {escape(str(error))[:200]}"
        self.findings.append(Finding("size-mismatch", f"{name}: {problem}", use.pointer))
        return None

    def _size(
        self,
        kind: Layer,
        settings: dict[str, Any],
        size_in: int | None,
        nested: int | None,
        field: Field,
        name: str,
    ) -> int | None:
        """Apply the size rule of a kind; None where something that it needs is unknown."""
        if kind.type == "dense":
            return field.at("size").integer()  # whatever goes in
        if size_in is None or ("layers" in kind.properties and nested is None):
            return None
        if kind.size is None:
            return size_in
        hint = None
        try:
            size: object = kind.size(settings, size_in, nested)
            if isinstance(size, int) and not isinstance(size, bool) and size > 0:
                return size
            problem = f"its kind gives {quote(size)} as its size"
        except ValueError as error:
            problem = escape(str(error))[:200]
            if nested is not None:
                hint = f"let its last layer have {size_in} features, as many as go in"
        except Exception as error:  # a plugin may raise anything; the other layers go on
            problem = f"its kind fails with {type(error).__name__}: {escape(str(error))[:200]}"
        where = join(field.pointer, "layers" if field.at("layers").given else "type")
        self.findings.append(Finding("size-mismatch", f"{name}: {problem}", where, hint, at="key"))
        return None


def _is_whole(field: Field, kind: Layer) -> bool:
    """Say whether every setting is known: none that it needs missing, none refused."""
    return all(field.at(key).given for key in kind.required) and not any(
        field.at(key).given and field.at(key).pointer in field.refused
        for key in kind.properties
        if key != "activation"
    )
