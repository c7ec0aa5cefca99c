"""The graph: values, the nodes that make them, and nothing that changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nnspec.plugin.activation import Activation
from nnspec.records import dataclass, field

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.plugin.op import Op


@dataclass(frozen=True, slots=True)
class Value:
    """Rows × `size` features of the graph's dtype, made by one node or fed in."""

    name: str
    size: int

    def __str__(self) -> str:
        return f"%{self.name}[n, {self.size}]"


@dataclass(frozen=True, eq=False)
class Node:
    """One step: `output = op(inputs, **attributes, **arrays)`; compared by identity.

    Attributes:
        origin: the layer or part of the spec that it comes from: "dense1", "input", "output".
    """

    op: Op
    inputs: tuple[Value, ...]
    output: Value
    origin: str
    attributes: Mapping[str, Any] = field(default_factory=dict)
    arrays: Mapping[str, NDArray[Any]] = field(default_factory=dict)

    @property
    def settings(self) -> dict[str, Any]:
        """Attributes and arrays together, as kernels take them."""
        return {**self.attributes, **self.arrays}

    @property
    def flops(self) -> int:
        """Floating-point operations for one row."""
        return self.op.flops([value.size for value in self.inputs], self.settings)

    def __str__(self) -> str:
        inputs = ", ".join(f"%{value.name}" for value in self.inputs)
        shown = [text for key, value in self.attributes.items() if (text := _shown(key, value))]
        shown += [f"{key}[{', '.join(map(str, a.shape))}]" for key, a in self.arrays.items()]
        return f"{self.output} = {self.op.name}({', '.join([inputs, *shown])})  # {self.origin}"


def _shown(key: str, value: Any) -> str:
    """Show an attribute: an activation by its name, its parameters as they are given."""
    if isinstance(value, Activation):
        return value.name
    if isinstance(value, Mapping):
        return ", ".join(f"{name}={one!r}" for name, one in value.items())
    return f"{key}={value!r}"


@dataclass(frozen=True, eq=False)
class Graph:
    """A feed-forward graph; nodes stand in an order in which they can run.

    Attributes:
        name: the spec's name.
        dtype: what every value and array is: "float32" or "float64".
        marks: layer name → the value that leaves that layer, as the spec means it; passes keep
            only what is still computed.
        logits: the value that enters the output activation.
    """

    name: str
    dtype: str
    input: Value
    nodes: tuple[Node, ...]
    output: Value
    marks: Mapping[str, Value] = field(default_factory=dict)
    logits: Value | None = None

    def __str__(self) -> str:
        """Print it one node a line.

        Examples of a line: `%dense1[n, 3] = affine(%input, weight[2, 3], bias[3])  # dense1`.
        """
        lines = [f"graph {self.name} ({self.input}) {self.dtype}"]
        lines += [f"  {node}" for node in self.nodes]
        return "\n".join([*lines, f"  return {self.output}"])

    def users(self, value: Value) -> list[Node]:
        """List the nodes that read a value."""
        return [node for node in self.nodes if value in node.inputs]
