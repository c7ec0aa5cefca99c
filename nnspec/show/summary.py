"""A network in figures: its layers with shapes and costs, its weights, its graphs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.graph.build import build
from nnspec.records import dataclass
from nnspec.show.equations import equations
from nnspec.spec.parameters import expected, file_arrays

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from nnspec.graph.ir import Graph
    from nnspec.graph.note import Note
    from nnspec.model import Model
    from nnspec.plugin.choose import Choice
    from nnspec.plugin.registry import Registry
    from nnspec.show.equations import Equation
    from nnspec.spec.model import LayerSpec, Spec


@dataclass(frozen=True, slots=True)
class Row:
    """One layer, or what is done to the input before the first.

    Attributes:
        type: the layer's kind, "input" for the input.
        activation: its name and parameters: `leaky_relu negative_slope=0.1`; "" without one.
        depth: how many residual and concat blocks it stands in.
        size: the features that leave it: (size,) for one row, (n, size) for a batch.
        parameters: how many numbers it takes from the weights.
        flops: floating-point operations for one row, without those of the layers inside it.
        bytes: what its parameters take in the network's dtype.
    """

    name: str
    type: str
    activation: str
    depth: int
    size: int
    parameters: int
    flops: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Stored:
    """One array of the weights: its name and shape here, its name there.

    Attributes:
        transposed: the file has it as (out, in).
    """

    name: str
    shape: tuple[int, ...]
    stored: str
    transposed: bool


@dataclass(frozen=True)
class Weights:
    """Where the weights come from and how their names were matched.

    Attributes:
        rule: the naming rule chosen, "" where there was nothing to choose.
    """

    source: str
    sha256: str | None
    rule: str
    arrays: tuple[Stored, ...]


@dataclass(frozen=True)
class Summary:
    """All that `nnspec show` tells.

    Attributes:
        equations: the network on paper; where there are no weights, their shapes alone are true.
        weights, graph, optimized, engine: None where the spec names no weights and none were
            given; the shapes and costs need none.
        graph, optimized: as the spec has it, and as it runs after the passes.
        notes: what each pass did, or why it did not.
        engine: what runs the network, and why.
    """

    spec: Spec
    rows: tuple[Row, ...]
    equations: tuple[Equation, ...]
    weights: Weights | None = None
    graph: Graph | None = None
    optimized: Graph | None = None
    notes: tuple[Note, ...] = ()
    engine: Choice | None = None


def summarize(spec: Spec, registry: Registry, model: Model | None) -> Summary:
    """Gather what there is to tell of a spec without faults, and of its weights if it has some."""
    if model is None:
        arrays, extras = _placeholders(spec, registry)
        graph = build(spec, arrays, extras, registry)
        rows = tuple(_rows(spec, registry, graph))
        return Summary(spec, rows, equations(graph, spec, arrays, extras))
    graph, loaded = model.original_graph, model.loaded
    return Summary(
        spec,
        tuple(_rows(spec, registry, graph)),
        equations(graph, spec, loaded.arrays, loaded.extras),
        _weights(model),
        graph,
        model.graph,
        model.notes,
        model.choice,
    )


def _placeholders(
    spec: Spec, registry: Registry
) -> tuple[dict[str, NDArray[Any]], dict[str, NDArray[Any]]]:
    """Give ones for the weights and for what stands beside them: views that take no memory."""
    one = np.ones((), dtype=spec.dtype)
    arrays = {
        array.name: np.broadcast_to(one, array.parameter.shape)
        for array in expected(spec, registry)
    }
    extras = {name: np.broadcast_to(one, (size,)) for name, size in file_arrays(spec).items()}
    return arrays, extras


def _rows(spec: Spec, registry: Registry, graph: Graph) -> Iterator[Row]:
    counts: dict[str, int] = {}
    for array in expected(spec, registry):
        counts[array.layer] = counts.get(array.layer, 0) + math.prod(array.parameter.shape)
    flops: dict[str, int] = {}
    for node in graph.nodes:
        flops[node.origin] = flops.get(node.origin, 0) + node.flops
    itemsize = np.dtype(spec.dtype).itemsize
    yield Row("input", "input", "", 0, graph.input.size, 0, flops.get("input", 0), 0)
    for layer, depth in _nested((*spec.layers, spec.output.layer), 0):
        assert layer.type is not None
        assert layer.size_out is not None
        count = counts.get(layer.name, 0)
        yield Row(
            layer.name,
            layer.type,
            _activation(layer),
            depth,
            layer.size_out,
            count,
            flops.get(layer.name, 0),
            count * itemsize,
        )


def _nested(layers: tuple[LayerSpec, ...], depth: int) -> Iterator[tuple[LayerSpec, int]]:
    for layer in layers:
        yield layer, depth
        yield from _nested(layer.layers, depth + 1)


def _activation(layer: LayerSpec) -> str:
    use = layer.activation
    if use is None or use.name is None:
        return ""
    return " ".join([use.name, *_assignments(use.parameters)])


def _assignments(parameters: Mapping[str, Any]) -> Iterator[str]:
    for name, value in parameters.items():
        yield f"{name}={value:g}" if isinstance(value, float) else f"{name}={value}"


def _weights(model: Model) -> Weights:
    loaded = model.loaded
    names = {} if loaded.mapping is None else loaded.mapping.mapping
    rule = "" if loaded.mapping is None else loaded.mapping.rule
    stored = [
        Stored(name, array.shape, *names.get(name, (name, False)))
        for name, array in (*loaded.arrays.items(), *loaded.extras.items())
    ]
    return Weights(str(loaded.source), loaded.sha256, rule, tuple(stored))
