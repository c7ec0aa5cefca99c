"""How layers become nodes: the `Lowering` that each layer kind is handed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.errors import NnspecError, PluginError
from nnspec.graph.ir import Node, Value
from nnspec.graph.verify import GraphError
from nnspec.ops.activate import ACTIVATE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from nnspec.plugin.layer import Flow
    from nnspec.plugin.op import Op
    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import LayerSpec


class Lowerer:
    """Collects nodes while the layers of a spec are lowered one after the other.

    Attributes:
        nodes: so far, in the order in which they run.
        marks: layer name → the value that leaves it.
    """

    def __init__(
        self, dtype: str, arrays: Mapping[str, NDArray[Any]], registry: Registry, source: Value
    ) -> None:
        self.dtype = np.dtype(dtype)
        self.arrays = arrays
        self.registry = registry
        self.nodes: list[Node] = []
        self.marks: dict[str, Value] = {}
        self._made = {source.name: source}
        self._named: set[Value] = set()

    def emit(
        self, origin: str, op: Op, inputs: tuple[Flow, ...], settings: dict[str, Any]
    ) -> Value:
        """Add a node; its arrays are rounded to the graph's dtype, its size is the op's rule."""
        values = tuple(value for value in inputs if isinstance(value, Value))
        if len(values) < len(inputs) or any(self._made.get(v.name) != v for v in values):
            raise ValueError(f"{op.name} is given an input that does not come from this graph")
        arrays = {
            name: self._frozen(setting)
            for name, setting in settings.items()
            if isinstance(setting, np.ndarray | np.generic)  # NumPy turns 0-d results into scalars
        }
        attributes = {
            name: setting
            for name, setting in settings.items()
            if name not in arrays and setting is not None
        }
        size = op.size([value.size for value in values], {**attributes, **arrays})
        output = Value(self._unused(f"{origin}.{op.name}"), size)
        self.nodes.append(Node(op, values, output, origin, attributes, arrays))
        self._made[output.name] = output
        return output

    def lower(self, layer: LayerSpec, x: Value) -> Value:
        """Add a whole layer; the value that leaves it is named and marked after it.

        Raises:
            PluginError: a layer kind of a plugin failed, or gave what no layer can give.
        """
        assert layer.type is not None
        kind = self.registry.layers[layer.type]
        already = len(self.nodes)
        try:
            y = kind.lower(LayerLowering(self, layer), x)
            if not isinstance(y, Value) or self._made.get(y.name) != y:
                raise ValueError("it gave a value that it did not make")
            if y.size != layer.size_out:
                raise ValueError(f"it gave {y.size} features and promised {layer.size_out}")
        except (NnspecError, GraphError):
            raise
        except (Exception, SystemExit) as error:  # a plugin may raise anything; its name is needed
            provider = self.registry.origins.get(("layer", kind.type))
            fault = f"layer {layer.name!r} of type {kind.type!r} cannot be built: {error}"
            if provider is None or provider.name == "nnspec":
                raise GraphError(fault) from error
            raise PluginError(f"{provider}: {fault}") from error
        if y not in self._named and any(node.output == y for node in self.nodes[already:]):
            y = self.rename(y, layer.name)
        self.marks[layer.name] = y
        return y

    def rename(self, value: Value, name: str) -> Value:
        """Give a value a better name, where it is made and wherever it is read since."""
        named = Value(self._unused(name), value.size)
        for index in reversed(range(len(self.nodes))):
            node = self.nodes[index]
            if value in node.inputs:
                inputs = tuple(named if other == value else other for other in node.inputs)
                self.nodes[index] = replace(node, inputs=inputs)
            if node.output == value:
                self.nodes[index] = replace(node, output=named)
                break
        del self._made[value.name]
        self._made[named.name] = named
        self._named.add(named)
        return named

    def _frozen(self, array: NDArray[Any] | np.generic) -> NDArray[Any]:
        view = np.asarray(array, dtype=self.dtype).view()
        view.flags.writeable = False
        return view

    def _unused(self, name: str) -> str:
        candidate, number = name, 2
        while candidate in self._made:
            candidate, number = f"{name}_{number}", number + 1
        return candidate


class LayerLowering:
    """A `Lowering`: one layer's view of the Lowerer."""

    def __init__(self, lowerer: Lowerer, layer: LayerSpec) -> None:
        self.settings = layer.settings
        self._lowerer = lowerer
        self._layer = layer

    def array(self, parameter: str) -> NDArray[Any] | None:
        """Give a parameter of this layer in the network's dtype; None where it is not used."""
        return self._lowerer.arrays.get(f"{self._layer.name}.{parameter}")

    def emit(self, op: Op, *inputs: Flow, **settings: Any) -> Value:
        """Add a step to the graph; array settings become arrays of the node."""
        return self._lowerer.emit(self._layer.name, op, inputs, settings)

    def activate(self, value: Flow) -> Flow:
        """Add the layer's activation, where it has one."""
        use = self._layer.activation
        if use is None or use.name is None:
            return value
        activation = self._lowerer.registry.activations[use.name]
        learned = {
            name: self.array(f"activation.{name}")
            for name in activation.learnable
            if name not in use.parameters
        }
        given = dict(use.parameters)
        return self.emit(ACTIVATE, value, activation=activation, parameters=given, **learned)

    def nested(self, value: Flow) -> Flow:
        """Add the layers listed under this layer's key `layers`."""
        assert isinstance(value, Value)
        for layer in self._layer.layers:
            value = self._lowerer.lower(layer, value)
        return value
