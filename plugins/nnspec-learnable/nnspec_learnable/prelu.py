"""prelu: a rectifier with a learned slope below zero.

    f(x) = x if x ≥ 0, else α·x

Examples:
    >>> prelu([[-2.0, -2.0, 3.0]], alpha=[0.5, 0.1, 0.1])
    array([[-1. , -0.2,  3. ]])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics.per_unit import per_unit

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from nnspec.numerics.pair import Number
    from nnspec.onnx_builder import OnnxBuilder


def _prelu(x: NDArray[Any], alpha: Number) -> NDArray[Any]:
    return np.where(x < 0, alpha * x, x)


def _slope(x: NDArray[Any], alpha: Number) -> NDArray[Any]:
    return np.where(np.isnan(x), x, np.where(x > 0, 1.0, alpha))


def prelu(x: ArrayLike, out: NDArray[Any] | None = None, *, alpha: ArrayLike) -> NDArray[Any]:
    """Give x if x ≥ 0, else α·x, to 0.5 ulp."""
    return per_unit(_prelu, x, out, alpha=alpha)


def derivative(x: ArrayLike, *, alpha: ArrayLike) -> NDArray[Any]:
    """Give 1 or α."""
    return per_unit(_slope, x, alpha=alpha)


def onnx(op: OnnxBuilder, x: str, *, alpha: ArrayLike) -> str:
    """Give it as ONNX's operator of that name."""
    return op.PRelu(x, op.constant(alpha))


def scalar(x: float, alpha: float) -> float:
    """Give it for one number."""
    return alpha * x if x < 0.0 else x


ACTIVATION = nnspec.Activation(
    "prelu",
    prelu,
    parameters={
        "alpha": {
            "type": "number",
            "title": "Slope below zero",
            "description": "What negative inputs are multiplied by.",
        },
    },
    learnable={"alpha": 0.25},
    summary="A leaky rectifier that learns how leaky to be.",
    formula="x if x ≥ 0, else α·x",
    source="K. He et al., Delving deep into rectifiers (2015).",
    range="(−∞, ∞) for a positive slope",
    derivative=derivative,
    inplace=prelu,
    scalar=scalar,
    onnx=onnx,
    elsewhere={
        "PyTorch": "PReLU: num_parameters=1 for all or one per unit, init=0.25, stored as weight",
        "Keras": "PReLU: alpha, one per unit unless shared_axes, begins at 0",
        "ONNX": "PRelu: the slope is its second input",
        "Flax": "PReLU: negative_slope_init=0.01, one for all",
        "Caffe": "PReLU: one per channel unless channel_shared",
    },
)
