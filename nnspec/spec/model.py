"""A spec as frozen values: what the document says, with every default filled in.

Where the schema has already refused a value, it is None here, so that the rules can go on with
the rest and all faults are found at once. A Spec without faults holds no such None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from nnspec.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Task = Literal["regression", "binary", "multilabel", "multiclass"]
Number = float | tuple[float, ...] | str
"""One for all features, one per feature, or the name of an array in the weights file."""


@dataclass(frozen=True, slots=True)
class ActivationUse:
    """An activation as a layer names it: the canonical name and all parameters.

    Learnable parameters are among them only where the spec fixes them; else they are weights.

    Attributes:
        name: canonical; None where the spec names no known activation.
        written: the name as the spec has it.
    """

    name: str | None
    parameters: Mapping[str, Any]
    written: str
    pointer: str


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """One layer: its kind, its name, its settings, and the sizes it joins.

    Attributes:
        type: the layer kind; None where the spec names no known one.
        settings: every key of its kind with defaults filled in; `activation` and `layers` apart.
        size_in, size_out: features; None where a fault makes them unknown.
        units: features that enter the activation, which may let fewer out.
        layers: the nested layers of residual and concat.
    """

    type: str | None
    name: str
    settings: Mapping[str, Any]
    size_in: int | None
    size_out: int | None
    pointer: str
    activation: ActivationUse | None = None
    layers: tuple[LayerSpec, ...] = ()
    units: int | None = None

    def walk(self) -> Iterator[LayerSpec]:
        """Yield this layer and the nested ones, in the order of the document."""
        yield self
        for layer in self.layers:
            yield from layer.walk()


@dataclass(frozen=True, slots=True)
class InputSpec:
    """What goes in: raw features, clipped to [clip_min, clip_max], then (x - mean) / std."""

    size: int | None
    features: tuple[str, ...] | None = None
    clip_min: Number | None = None
    clip_max: Number | None = None
    mean: Number | None = None
    std: Number | None = None


@dataclass(frozen=True, slots=True)
class OutputSpec:
    """What comes out: the output layer's size, its labels, its threshold, y * std + mean.

    Attributes:
        layer: the output layer itself, a dense one called "output".
        threshold: one per output; None for tasks without one.
    """

    layer: LayerSpec
    labels: tuple[str, ...] | None = None
    threshold: tuple[float, ...] | None = None
    mean: Number | None = None
    std: Number | None = None


@dataclass(frozen=True, slots=True)
class WeightsSpec:
    """Where the weights come from: a file, values in the spec, or an initialiser."""

    file: str | None = None
    sha256: str | None = None
    layout: Literal["in_out", "out_in"] | None = None
    names: Mapping[str, str] | None = None
    values: Mapping[str, Any] | None = None
    init: str | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """A golden case: rows, and what must come out of them."""

    input: str
    output: str | None
    labels: str | None
    rtol: float
    atol: float
    min_accuracy: float | None
    max_rmse: float | None
    pointer: str


@dataclass(frozen=True)
class Spec:
    """A whole spec.

    Attributes:
        task: None only while a fault in it is being reported; likewise for sizes.
        plugins: requirement texts: "nnspec-mish>=0.1".
        written: the document's data, which tells what is written from what is a default.
    """

    name: str
    description: str
    task: Task | None
    dtype: Literal["float32", "float64"]
    input: InputSpec
    layers: tuple[LayerSpec, ...]
    output: OutputSpec
    weights: WeightsSpec | None
    checks: tuple[CheckSpec, ...]
    plugins: tuple[str, ...]
    metadata: Mapping[str, Any] = field(default_factory=dict)
    written: Any = field(default=None, repr=False, compare=False)

    def says(self, pointer: str) -> bool:
        """Say whether the document itself has something at a JSON pointer."""
        value = self.written
        for part in pointer.split("/")[1:]:
            key = part.replace("~1", "/").replace("~0", "~")
            if isinstance(value, dict) and key in value:
                value = value[key]
            elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
                value = value[int(key)]
            else:
                return False
        return True

    def walk(self) -> Iterator[LayerSpec]:
        """Yield every layer in the order of the document, nested ones and the output too."""
        for layer in (*self.layers, self.output.layer):
            yield from layer.walk()
