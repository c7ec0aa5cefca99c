"""threshold: replaces what is not above a threshold.

    f(x) = x if x > threshold, else value

Examples:
    >>> threshold([-2.0, 0.5, 3.0], threshold=0.1, value=-1.0).round(8)
    array([-1. ,  0.5,  3. ])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics.elementwise import elementwise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _threshold(x: NDArray[Any], threshold: float, value: float) -> NDArray[Any]:
    return np.where(x <= threshold, value, x)


def _slope(x: NDArray[Any], threshold: float, value: float) -> NDArray[Any]:
    return np.where(np.isnan(x), x, x > threshold)


def threshold(
    x: ArrayLike, out: NDArray[Any] | None = None, *, threshold: float, value: float
) -> NDArray[Any]:
    return elementwise(_threshold, x, out, threshold=threshold, value=value)


def derivative(x: ArrayLike, *, threshold: float, value: float) -> NDArray[Any]:
    return elementwise(_slope, x, threshold=threshold, value=value)


def onnx(op: OnnxBuilder, x: str, *, threshold: float, value: float) -> str:
    return op.Where(op.LessOrEqual(x, op.limit(threshold)), op.constant(value), x)


def scalar(x: float, threshold: float, value: float) -> float:
    return value if x <= threshold else x


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "threshold",
            threshold,
            parameters={
                "threshold": {
                    "type": "number",
                    "title": "Threshold",
                    "description": "What is above it stays.",
                },
                "value": {
                    "type": "number",
                    "title": "Value",
                    "description": "What all else becomes.",
                },
            },
            summary="A rectifier with its bend and its floor anywhere.",
            formula="x if x > threshold, else value",
            source="torch.nn.Threshold, keras.activations.threshold.",
            range="{value} ∪ (threshold, ∞)",
            derivative=derivative,
            inplace=threshold,
            scalar=scalar,
            onnx=onnx,
            elsewhere={
                "Keras": "value is called default_value",
                "PMML, Caffe, FANN": "threshold is the step from 0 to 1",
            },
        )
    ]
