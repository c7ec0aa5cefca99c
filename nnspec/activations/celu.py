"""celu: the continuously differentiable exponential linear unit.

    f(x) = max(x, 0) + min(0, α·(exp(x/α) − 1))

Examples:
    >>> celu([-2.0, 0.5, 3.0]).round(8)
    array([-0.86466472,  0.5       ,  3.        ])
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import float32
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.exp import exp
from nnspec.numerics.expm1 import expm1_pair
from nnspec.numerics.pair import divide, multiply, rounded
from nnspec.numerics.scalar import clamped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _celu(x: NDArray[Any], alpha: float) -> NDArray[Any]:
    z = divide((np.clip(x, -1e4 * alpha, 0.0), 0.0), (alpha, 0.0))
    negative = rounded(multiply(expm1_pair(*z), (alpha, 0.0)))
    return np.where(x < -1e-20 * alpha, negative, x)


def _celu_single(x: NDArray[Any], alpha: float) -> NDArray[Any]:
    return np.where(x < 0, alpha * np.expm1(np.clip(x / alpha, -100.0, 0.0)), x)


def _slope(x: NDArray[Any], alpha: float) -> NDArray[Any]:
    return exp(np.minimum(x / alpha, 0.0))


def celu(x: ArrayLike, out: NDArray[Any] | None = None, *, alpha: float = 1.0) -> NDArray[Any]:
    return elementwise(_celu, x, out, single=_celu_single, alpha=alpha)


def derivative(x: ArrayLike, *, alpha: float = 1.0) -> NDArray[Any]:
    return elementwise(_slope, x, alpha=alpha)


def onnx(op: OnnxBuilder, x: str, *, alpha: float = 1.0) -> str:
    a = op.constant(alpha)
    return op.Mul(op.Elu(op.Div(x, a)), a)  # Celu has no float64 before opset 28


def scalar(x: float, alpha: float = 1.0) -> float:
    return alpha * math.expm1(clamped(x / alpha, -100.0, 0.0)) if x < 0.0 else x


def scalar_float32(x: float) -> float:
    return float32.expm1(x) if x < 0.0 else x


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "celu",
            celu,
            parameters={
                "alpha": {
                    "type": "number",
                    "title": "α",
                    "description": "The function approaches −α for very negative inputs.",
                    "exclusiveMinimum": 0,
                    "default": 1.0,
                },
            },
            summary="An elu with slope one at zero for every α.",
            formula="max(x, 0) + min(0, α·(exp(x/α) − 1))",
            source="J. T. Barron, Continuously differentiable exponential linear units (2017).",
            range="(−α, ∞)",
            derivative=derivative,
            inplace=celu,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
            elsewhere={
                "ONNX": "Celu, float32 only before opset 28",
            },
        )
    ]
