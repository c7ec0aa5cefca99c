"""hard_tanh: a tanh of straight lines.

    f(x) = min(max(x, min), max)

Examples:
    >>> hard_tanh([-2.0, 0.5, 3.0]).round(8)
    array([-1. ,  0.5,  1. ])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.scalar import clamped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _hard_tanh(x: NDArray[Any], min: float, max: float) -> NDArray[Any]:  # noqa: A002
    result: NDArray[Any] = np.clip(x, min, max)
    return result


def _slope(x: NDArray[Any], min: float, max: float) -> NDArray[Any]:  # noqa: A002
    return np.where(np.isnan(x), x, (x > min) & (x < max))


def hard_tanh(
    x: ArrayLike,
    out: NDArray[Any] | None = None,
    *,
    min: float = -1.0,  # noqa: A002
    max: float = 1.0,  # noqa: A002
) -> NDArray[Any]:
    return elementwise(_hard_tanh, x, out, min=min, max=max)


def derivative(x: ArrayLike, *, min: float = -1.0, max: float = 1.0) -> NDArray[Any]:  # noqa: A002
    return elementwise(_slope, x, min=min, max=max)


def onnx(op: OnnxBuilder, x: str, *, min: float = -1.0, max: float = 1.0) -> str:  # noqa: A002
    return op.Clip(x, op.constant(min), op.constant(max))


def scalar(x: float, min: float = -1.0, max: float = 1.0) -> float:  # noqa: A002
    return clamped(x, min, max)


def scalar_float32(x: float, min: float = -1.0, max: float = 1.0) -> float:  # noqa: A002
    low: Any = np.float32(min)
    high: Any = np.float32(max)
    return clamped(x, low, high)


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "hard_tanh",
            hard_tanh,
            parameters={
                "min": {
                    "type": "number",
                    "title": "Least value",
                    "description": "What is below becomes this.",
                    "default": -1.0,
                },
                "max": {
                    "type": "number",
                    "title": "Greatest value",
                    "description": "What is above becomes this.",
                    "default": 1.0,
                },
            },
            aliases=(
                "hardtanh",
                "hardtan",
                "clip",
            ),
            summary="Cuts its input off at both ends.",
            formula="min(max(x, min), max)",
            source="R. Collobert, Large scale machine learning (2004); torch.nn.Hardtanh.",
            range="[min, max]",
            keeps_order=True,
            derivative=derivative,
            inplace=hard_tanh,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
            elsewhere={
                "PyTorch": "called min_val and max_val",
                "Keras, JAX": "fixed at −1 and 1",
                "ONNX": "Clip, without bounds unless given",
            },
        )
    ]
