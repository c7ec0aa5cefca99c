"""thresholded_relu: a rectifier that starts late.

    f(x) = x if x > θ, else 0

Examples:
    >>> thresholded_relu([-2.0, 0.5, 3.0]).round(8)
    array([0., 0., 3.])
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


def _thresholded_relu(x: NDArray[Any], theta: float) -> NDArray[Any]:
    return np.where(x <= theta, 0.0, x)


def _slope(x: NDArray[Any], theta: float) -> NDArray[Any]:
    return np.where(np.isnan(x), x, x > theta)


def thresholded_relu(
    x: ArrayLike, out: NDArray[Any] | None = None, *, theta: float = 1.0
) -> NDArray[Any]:
    return elementwise(_thresholded_relu, x, out, theta=theta)


def derivative(x: ArrayLike, *, theta: float = 1.0) -> NDArray[Any]:
    return elementwise(_slope, x, theta=theta)


def onnx(op: OnnxBuilder, x: str, *, theta: float = 1.0) -> str:
    # of a NaN, ThresholdedRelu would make a zero
    return op.Where(op.LessOrEqual(x, op.limit(theta)), op.constant(0), x)


def scalar(x: float, theta: float = 1.0) -> float:
    return 0.0 if x <= theta else x


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "thresholded_relu",
            thresholded_relu,
            parameters={
                "theta": {
                    "type": "number",
                    "title": "θ",
                    "description": "What is not above it becomes zero.",
                    "default": 1.0,
                },
            },
            summary="A rectifier that lets only large inputs through.",
            formula="x if x > θ, else 0",
            source="K. Konda, R. Memisevic, D. Krueger, Zero-bias autoencoders (2015); ONNX "
            "ThresholdedRelu.",
            range="{0} ∪ (θ, ∞)",
            derivative=derivative,
            inplace=thresholded_relu,
            scalar=scalar,
            onnx=onnx,
            elsewhere={
                "ONNX": "called alpha",
                "Keras 2": "a layer, theta=1",
            },
        )
    ]
