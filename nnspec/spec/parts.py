"""The parts of a document around the layers: input, output, weights, checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from nnspec.spec.model import CheckSpec, InputSpec, LayerSpec, OutputSpec, WeightsSpec

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from typing import Literal

    from nnspec.spec.field import Field
    from nnspec.spec.layers import LayerBuilder
    from nnspec.spec.model import Number, Task

ACTIVATIONS: dict[Task, str] = {
    "regression": "identity",
    "binary": "sigmoid",
    "multilabel": "sigmoid",
    "multiclass": "softmax",
}
"""Task → the output activation where a spec names none."""

THRESHOLD = 0.5
RTOL, ATOL = 1e-5, 1e-6
_LARGEST = 10_000_000
"""The schema's limit to the number of outputs, so that one threshold for each has room."""


def input_spec(field: Field) -> InputSpec:
    """Read `input`, a number or a mapping."""
    mean, std = _mean_and_std(field.at("normalize"))
    return InputSpec(
        size=_size(field),
        features=field.at("features").texts(),
        clip_min=field.at("clip", "min").numbers(),
        clip_max=field.at("clip", "max").numbers(),
        mean=mean,
        std=std,
    )


def output_spec(
    field: Field, task: Task | None, size_in: int | None, layers: LayerBuilder
) -> OutputSpec:
    """Read `output`, a number or a mapping, with the activation and threshold of the task."""
    units = _size(field)
    use = layers.activation(field.at("activation"), ACTIVATIONS[task] if task else None)
    size = layers.width(use, units, "output")
    layer = LayerSpec(
        type="dense",
        name="output",
        settings={"size": units, "bias": True},
        size_in=size_in,
        size_out=size,
        pointer=field.pointer,
        activation=use,
        units=units,
    )
    mean, std = _mean_and_std(field.at("denormalize"))
    threshold = _threshold(field.at("threshold"), task, size)
    return OutputSpec(layer, field.at("labels").texts(), threshold, mean, std)


def weights_spec(field: Field) -> WeightsSpec | None:
    """Read `weights`, a path or a mapping; None where it says nothing sound."""
    path = field.text()
    if path is not None:
        return WeightsSpec(file=path)
    if field.mapping() is None:
        return None
    names = field.at("names").mapping()
    if names is not None:
        names = {key: value for key, value in names.items() if isinstance(value, str)}
    layout = field.at("layout").text()
    return WeightsSpec(
        file=field.at("file").text(),
        sha256=field.at("sha256").text(),
        layout=cast("Literal['in_out', 'out_in'] | None", layout),
        names=names,
        values=field.at("values").mapping(),
        init=field.at("init").text(),
        seed=field.at("seed").integer() or 0,
    )


def check_specs(field: Field, faulty: AbstractSet[str]) -> tuple[CheckSpec, ...]:
    """Read `checks`, without those in which the schema has found a fault."""
    checks = []
    owners = {"/".join(pointer.split("/", 3)[:3]) for pointer in faulty}
    for item in field.items():
        source = item.at("input").text()
        rtol, atol = item.at("rtol").number_or(RTOL), item.at("atol").number_or(ATOL)
        if item.pointer in owners or source is None or rtol is None or atol is None:
            continue
        checks.append(
            CheckSpec(
                input=source,
                output=item.at("output").text(),
                labels=item.at("labels").text(),
                rtol=rtol,
                atol=atol,
                min_accuracy=item.at("min_accuracy").number(),
                max_rmse=item.at("max_rmse").number(),
                pointer=item.pointer,
            )
        )
    return tuple(checks)


def _size(field: Field) -> int | None:
    size = field.at("size").integer() if isinstance(field.value, dict) else field.integer()
    return size if size is not None and 0 < size <= _LARGEST else None


def _mean_and_std(field: Field) -> tuple[Number | None, Number | None]:
    """Read `normalize` or `denormalize`; the half that is absent changes nothing."""
    if field.mapping() is None:
        return None, None
    mean, std = field.at("mean"), field.at("std")
    return mean.numbers() if mean.given else 0.0, std.numbers() if std.given else 1.0


def _threshold(field: Field, task: Task | None, size: int | None) -> tuple[float, ...] | None:
    if isinstance(field.value, list):
        return field.floats()
    has_default = not field.given and task in {"binary", "multilabel"}
    one = THRESHOLD if has_default else field.number()
    return None if one is None else (one,) * (size or 1)
