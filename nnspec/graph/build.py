"""Spec and weights → Graph: the input's preparation, the layers, the output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.errors import WeightsError
from nnspec.graph.ir import Graph, Value
from nnspec.graph.lowering import Lowerer
from nnspec.graph.verify import verify
from nnspec.ops.activate import ACTIVATE
from nnspec.ops.clip import CLIP
from nnspec.ops.scale import SCALE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from nnspec.graph.ir import Node
    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import InputSpec, Number, Spec


def build(
    spec: Spec,
    arrays: Mapping[str, NDArray[Any]],
    extras: Mapping[str, NDArray[Any]],
    registry: Registry,
) -> Graph:
    """Lower a spec without faults to a graph, step by step as the spec says it.

    clip → (x - mean) / std → layers → output layer → y * std + mean. The value that leaves a
    layer has the layer's name; one inside it is `<layer>.<op>`, so that `dense1.affine` is
    A = x @ weight + bias and `dense1` is Z = h(A).

    Args:
        spec: what to build.
        arrays: the parameters by our names, in the spec's dtype.
        extras: float64 arrays that clip, normalize and denormalize name.
        registry: the layer kinds and activations that the spec names.

    Raises:
        PluginError: a layer kind of a plugin failed.
        WeightsError: a std that cannot be divided by.
    """
    assert spec.input.size is not None
    source = Value("input", spec.input.size)
    lowerer = Lowerer(spec.dtype, arrays, registry, source)
    x = _prepare(spec.input, source, lowerer, extras)
    lowerer.marks["input"] = x
    for layer in spec.layers:
        x = lowerer.lower(layer, x)
    y = lowerer.lower(spec.output.layer, x)
    statistics = _given(extras, scale=spec.output.std, shift=spec.output.mean)
    if statistics:
        name = spec.output.layer.name
        y = lowerer.emit(name, SCALE, (lowerer.rename(y, f"{name}.raw"),), dict(statistics))
        lowerer.marks[name] = y = lowerer.rename(y, name)
    logits = _logits(lowerer.nodes, spec.output.layer.name)
    graph = Graph(
        spec.name, spec.dtype, source, tuple(lowerer.nodes), y, dict(lowerer.marks), logits
    )
    verify(graph)
    return graph


def _prepare(
    part: InputSpec, x: Value, lowerer: Lowerer, extras: Mapping[str, NDArray[Any]]
) -> Value:
    """clip, then (x - mean) * (1 / std), each where the spec has it."""
    bounds = _given(extras, low=part.clip_min, high=part.clip_max)
    if bounds:
        x = lowerer.emit("input", CLIP, (x,), dict(bounds))
    statistics = _given(extras, center=part.mean, scale=part.std)
    if "scale" in statistics:
        with np.errstate(all="ignore"):
            statistics["scale"] = (1.0 / statistics["scale"]).astype(lowerer.dtype)
        unusable = np.isinf(statistics["scale"]) | (statistics["scale"] == 0.0)
        if unusable.any():
            raise WeightsError(
                "input.normalize: (x - mean) / std needs a std that is finite and not 0; that of "
                f"feature {int(np.argmax(unusable))} is not"
            )
    return lowerer.emit("input", SCALE, (x,), dict(statistics)) if statistics else x


def _logits(nodes: list[Node], output: str) -> Value:
    """Find what enters the output activation; without one, what leaves the output layer."""
    own = [node for node in nodes if node.origin == output]
    entering = [node.inputs[0] for node in own if node.op is ACTIVATE]
    return entering[-1] if entering else own[0].output


def _given(extras: Mapping[str, NDArray[Any]], **numbers: Number | None) -> dict[str, NDArray[Any]]:
    """Turn what the spec gives into arrays: a number, a list, or the name of an array."""
    return {
        name: extras[number] if isinstance(number, str) else np.asarray(number, dtype=np.float64)
        for name, number in numbers.items()
        if number is not None
    }
