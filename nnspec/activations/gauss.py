"""gauss: the bell curve.

    f(x) = exp(−x²)

Examples:
    >>> gauss([-2.0, 0.5, 3.0]).round(8)
    array([1.8315640e-02, 7.7880078e-01, 1.2341000e-04])
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import float32
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.exp import exp_pair, scale
from nnspec.numerics.pair import rounded, two_product
from nnspec.numerics.scalar import clamped, multiply_add

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _gauss(x: NDArray[Any]) -> NDArray[Any]:
    near = np.clip(x, -30.0, 30.0)
    high, low = two_product(near, near)
    pair, m = exp_pair(-high, -low)
    return scale(rounded(pair), m)


def _gauss_single(x: NDArray[Any]) -> NDArray[Any]:
    near = np.clip(x, -30.0, 30.0)
    result: NDArray[Any] = np.exp(-near * near)
    return result


def _slope(x: NDArray[Any]) -> NDArray[Any]:
    near = np.clip(x, -30.0, 30.0)
    result: NDArray[Any] = -2.0 * near * np.exp(-near * near)
    return result


def gauss(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return elementwise(_gauss, x, out, single=_gauss_single)


def derivative(x: ArrayLike) -> NDArray[Any]:
    return elementwise(_slope, x)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.Exp(op.Neg(op.Mul(x, x)))


def scalar(x: float) -> float:
    near = clamped(x, -30.0, 30.0)
    square = near * near
    e = math.exp(-square)
    return multiply_add(-multiply_add(near, near, -square), e, e)


def scalar_float32(x: float) -> float:
    t = abs(x)
    t = 10.4 if t > 10.4 else t  # where half the smallest subnormal is more
    square = t * t
    lost = float32.multiply_add(t, t, -square)
    less, power = float32.exp_parts_of_sum(-square, -lost)
    return float32.multiply_add(less, power, power) * float32.DOWN


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "gauss",
            gauss,
            aliases=("gaussian",),
            summary="Answers to what is near zero.",
            formula="exp(−x²)",
            source="PMML 4.4, NeuralNetwork, activation function Gauss.",
            range="(0, 1]",
            derivative=derivative,
            inplace=gauss,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
            elsewhere={
                "PMML": "called Gauss",
            },
        )
    ]
