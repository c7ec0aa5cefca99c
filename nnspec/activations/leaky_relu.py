"""leaky_relu: a rectifier that lets a little of what is negative through.

    f(x) = x if x ≥ 0, else a·x

Examples:
    >>> leaky_relu([-2.0, 3.0])
    array([-0.02,  3.  ])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import float32
from nnspec.numerics.elementwise import elementwise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _leaky(x: NDArray[Any], negative_slope: float) -> NDArray[Any]:
    return np.where(x < 0, negative_slope * x, x)


def _slope(x: NDArray[Any], negative_slope: float) -> NDArray[Any]:
    return np.where(np.isnan(x), x, np.where(x > 0, 1.0, negative_slope))


def leaky_relu(
    x: ArrayLike, out: NDArray[Any] | None = None, *, negative_slope: float = 0.01
) -> NDArray[Any]:
    return elementwise(_leaky, x, out, negative_slope=negative_slope)


def derivative(x: ArrayLike, *, negative_slope: float = 0.01) -> NDArray[Any]:
    return elementwise(_slope, x, negative_slope=negative_slope)


def onnx(op: OnnxBuilder, x: str, *, negative_slope: float = 0.01) -> str:
    if op.holds(negative_slope):
        return op.LeakyRelu(x, alpha=negative_slope)
    return op.PRelu(x, op.constant(negative_slope))


def scalar(x: float, negative_slope: float = 0.01) -> float:
    return negative_slope * x if x < 0.0 else x


def scalar_float32(x: float, negative_slope: float = 0.01) -> float:
    return float32.product(x, negative_slope) if x < 0.0 else x


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "leaky_relu",
            leaky_relu,
            parameters={
                "negative_slope": {
                    "type": "number",
                    "title": "Slope below zero",
                    "description": "What negative inputs are multiplied by.",
                    "default": 0.01,
                },
            },
            aliases=("leaky", "lrelu"),
            summary="A rectifier that never goes quite silent.",
            formula="x if x ≥ 0, else negative_slope·x",
            source="A. L. Maas, A. Y. Hannun, A. Y. Ng, Rectifier nonlinearities improve neural "
            "network acoustic models (2013).",
            range="(−∞, ∞) for a positive slope",
            derivative=derivative,
            inplace=leaky_relu,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
            varying=("negative_slope",),
            elsewhere={
                "PyTorch, JAX": "negative_slope=0.01",
                "ONNX": "LeakyRelu, alpha=0.01",
                "Keras": "the function has negative_slope=0.2, the layer LeakyReLU 0.3; in Keras 2 "
                "it is called alpha",
                "Darknet": "fixed at 0.1",
                "NNEF": "alpha has no default",
            },
        )
    ]
