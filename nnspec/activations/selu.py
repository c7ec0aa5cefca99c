"""selu: the scaled exponential linear unit, which keeps mean 0 and variance 1.

    f(x) = λ·x if x > 0, else λ·α·(exp(x) − 1)

Examples:
    >>> selu([-1.0, 1.0]).round(8)
    array([-1.11133074,  1.05070099])
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
from nnspec.numerics.pair import multiply, rounded, two_product
from nnspec.numerics.scalar import clamped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder

ALPHA = 1.6732632423543772848170429916717
SCALE = 1.0507009873554804934193349852946


def _selu(x: NDArray[Any], alpha: float, scale: float) -> NDArray[Any]:
    negative = multiply(expm1_pair(np.minimum(x, 0.0)), two_product(scale, alpha))
    return np.where(x < 0, rounded(negative), scale * x)


def _selu_single(x: NDArray[Any], alpha: float, scale: float) -> NDArray[Any]:
    return scale * np.where(x < 0, alpha * np.expm1(np.clip(x, -100.0, 0.0)), x)


def _slope(x: NDArray[Any], alpha: float, scale: float) -> NDArray[Any]:
    return scale * np.where(x > 0, 1.0, alpha * exp(np.minimum(x, 0.0)))


def selu(
    x: ArrayLike, out: NDArray[Any] | None = None, *, alpha: float = ALPHA, scale: float = SCALE
) -> NDArray[Any]:
    return elementwise(_selu, x, out, single=_selu_single, alpha=alpha, scale=scale)


def derivative(x: ArrayLike, *, alpha: float = ALPHA, scale: float = SCALE) -> NDArray[Any]:
    return elementwise(_slope, x, alpha=alpha, scale=scale)


def onnx(op: OnnxBuilder, x: str, *, alpha: float = ALPHA, scale: float = SCALE) -> str:
    if op.holds(alpha, scale):
        return op.Selu(x, alpha=alpha, gamma=scale)
    negative = op.Mul(op.Elu(x), op.constant(alpha))
    return op.Mul(op.Where(op.Less(x, op.constant(0)), negative, x), op.constant(scale))


def scalar(x: float, alpha: float = ALPHA, scale: float = SCALE) -> float:
    return scale * (alpha * math.expm1(clamped(x, -100.0, 0.0)) if x < 0.0 else x)


def scalar_float32(x: float, alpha: float = ALPHA, scale: float = SCALE) -> float:
    left = float32.product(float32.expm1(0.0 if x > 0.0 else x), scale * alpha)
    return left if x < 0.0 else float32.product(x, scale)


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "selu",
            selu,
            parameters={
                "alpha": {
                    "type": "number",
                    "title": "α",
                    "description": "The factor of the exponential part.",
                    "minimum": 0,
                    "default": ALPHA,
                },
                "scale": {
                    "type": "number",
                    "title": "λ",
                    "description": "The factor of the whole.",
                    "exclusiveMinimum": 0,
                    "default": SCALE,
                },
            },
            summary="Normalises by itself: for deep networks without normalisation layers.",
            formula="λ·x if x > 0, else λ·α·(exp(x) − 1)",
            source="G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter, Self-normalizing neural "
            "networks (2017).",
            range="(−λ·α, ∞)",
            derivative=derivative,
            inplace=selu,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
            elsewhere={
                "ONNX": "Selu, alpha and gamma are rounded to float32 (1.67326319217681884765625, "
                "1.05070102214813232421875), so that float64 results differ by 3e-8",
                "NNEF": "1.67326319 and 1.05070102",
                "Darknet": "1.6732 and 1.0507",
                "tinygrad": "1.67326 and 1.0507",
            },
        )
    ]
