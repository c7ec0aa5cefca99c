"""What a layer kind is: its keys in a spec, its parameters, and how it becomes ops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol

from nnspec.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from nnspec.plugin.op import Op


@dataclass(frozen=True, slots=True)
class Parameter:
    """An array that a layer takes from the weights file.

    Attributes:
        name: its name inside the layer: "weight", or "activation.alpha".
        shape: a weight is (in, out), everything else (out,).
        initial: what an initialiser fills it with: random numbers, or one value.
        shared: one number for all units, of shape () or (1,), will do as well.
    """

    name: str
    shape: tuple[int, ...]
    initial: Literal["random"] | float = "random"
    shared: bool = False

    def takes(self, shape: tuple[int, ...]) -> bool:
        """Say whether an array of a shape can be this parameter."""
        return shape == self.shape or (self.shared and shape in {(), (1,)})


class Flow(Protocol):
    """A value on its way through the graph: rows × `size` features."""

    @property
    def size(self) -> int:
        """The number of features."""


class Lowering(Protocol):
    """What a layer is given to turn itself into ops.

    Attributes:
        settings: the layer's keys with every default filled in.
    """

    settings: Mapping[str, Any]

    def array(self, parameter: str) -> NDArray[Any] | None:
        """Give a parameter of this layer in the network's dtype; None where it is not used."""

    def emit(self, op: Op, *inputs: Flow, **settings: Any) -> Flow:
        """Add a step to the graph; array settings become arrays of the node."""

    def activate(self, value: Flow) -> Flow:
        """Add the layer's activation, where it has one."""

    def nested(self, value: Flow) -> Flow:
        """Add the layers listed under this layer's key `layers`."""


@dataclass(frozen=True)
class Layer:
    """A layer kind: what a spec may say of it, and what it computes.

    Attributes:
        type: what a spec writes as `type`.
        title: two or three words, for an editor's completion.
        description: what it computes, in a sentence or two with the formula.
        properties: key → JSON Schema fragment with title, description and `default`; `type`
            and `name` are added to every layer.
        lower: `lower(lowering, x)` emits the ops and returns the last value.
        parameters: `parameters(settings, size_in)`: the arrays it takes from the weights.
        size: `size(settings, size_in, size_nested)`: features out; `size_nested` is what comes
            out of the layers under the key `layers` (None without that key). None: as many
            as go in.
        required: keys that have no default.
    """

    type: str
    title: str
    description: str
    lower: Callable[[Lowering, Flow], Flow]
    properties: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    parameters: Callable[[Mapping[str, Any], int], Sequence[Parameter]] | None = None
    size: Callable[[Mapping[str, Any], int, int | None], int] | None = None
    required: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Layer({self.type!r})"
