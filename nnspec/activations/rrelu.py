"""rrelu: a leaky rectifier of random slope, at inference.

    f(x) = x if x ≥ 0, else x·(lower + upper)/2

Examples:
    >>> rrelu([-2.0, 0.5, 3.0]).round(8)
    array([-0.45833333,  0.5       ,  3.        ])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import float32
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.pair import two_sum

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _rrelu(x: NDArray[Any], lower: float, upper: float) -> NDArray[Any]:
    high, low = two_sum(lower, upper)
    return np.where(x < 0, x * (0.5 * high) + np.clip(x, -1e308, 0.0) * (0.5 * low), x)


def _slope(x: NDArray[Any], lower: float, upper: float) -> NDArray[Any]:
    return np.where(np.isnan(x), x, np.where(x > 0, 1.0, 0.5 * (lower + upper)))


def rrelu(
    x: ArrayLike, out: NDArray[Any] | None = None, *, lower: float = 1 / 8, upper: float = 1 / 3
) -> NDArray[Any]:
    return elementwise(_rrelu, x, out, lower=lower, upper=upper)


def derivative(x: ArrayLike, *, lower: float = 1 / 8, upper: float = 1 / 3) -> NDArray[Any]:
    return elementwise(_slope, x, lower=lower, upper=upper)


def onnx(op: OnnxBuilder, x: str, *, lower: float = 1 / 8, upper: float = 1 / 3) -> str:
    slope = 0.5 * (lower + upper)
    if op.holds(slope):
        return op.LeakyRelu(x, alpha=slope)
    return op.PRelu(x, op.constant(slope))


def scalar(x: float, lower: float = 1 / 8, upper: float = 1 / 3) -> float:
    return x * (0.5 * (lower + upper)) if x < 0.0 else x


def scalar_float32(x: float, lower: float = 1 / 8, upper: float = 1 / 3) -> float:
    return float32.product(x, 0.5 * (lower + upper)) if x < 0.0 else x


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "rrelu",
            rrelu,
            parameters={
                "lower": {
                    "type": "number",
                    "title": "Least slope",
                    "description": "The lower end of the slopes drawn in training.",
                    "minimum": 0,
                    "default": 1 / 8,
                },
                "upper": {
                    "type": "number",
                    "title": "Greatest slope",
                    "description": "The upper end of the slopes drawn in training.",
                    "minimum": 0,
                    "default": 1 / 3,
                },
            },
            summary="Draws its slope at random in training; at inference the mean is taken.",
            formula="x if x ≥ 0, else x·(lower + upper)/2",
            source="B. Xu, N. Wang, T. Chen, M. Li, Empirical evaluation of rectified activations "
            "in convolutional network (2015).",
            range="(−∞, ∞)",
            derivative=derivative,
            inplace=rrelu,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
            elsewhere={
                "PyTorch": "draws a slope for each number while it trains",
            },
        )
    ]
