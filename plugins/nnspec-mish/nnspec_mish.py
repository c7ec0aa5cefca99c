"""The activations mish and hard_mish for nnspec.

    mish(x)       = x·tanh(log(1 + exp(x)))
    hard_mish(x)  = x/2·min(max(x + 2, 0), 2)

Examples:
    >>> import numpy as np
    >>> mish(np.array([-1.0, 0.0, 1.0])).round(8)
    array([-0.30340146,  0.        ,  0.86509839])
    >>> hard_mish(np.array([-3.0, -1.0, 1.0]))
    array([-0. , -0.5,  1. ])
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import float32
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.exp import exp_pair, power_of_two, scale
from nnspec.numerics.pair import add, divide, multiply, rounded
from nnspec.numerics.scalar import clamped
from nnspec.numerics.sigmoid import finite_below, sigmoid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder

_ONE, _TWO = np.array(1.0), np.array(2.0)  # as a ufunc takes them
FLAT = 40.0  # mish(x) is x from here on, to the last bit


def _mish(x: NDArray[Any]) -> NDArray[Any]:
    """With e = exp(x), tanh(log(1 + e)) is n / (n + 2), where n = e·(2 + e)."""
    e, m = exp_pair(np.clip(x, -1000.0, FLAT))
    factor = power_of_two(m)
    bracket = add((e[0] * factor, e[1] * factor), 2.0)
    over = multiply(e, bracket)
    under = add((over[0] * factor, over[1] * factor), 2.0)
    return scale(rounded(divide(over, under)) * np.maximum(x, -1000.0), m)


def _mish_single(x: NDArray[Any]) -> NDArray[Any]:
    """With n = e·(2 + e), x·n / (n + 2) is x / (1 + 2 / n), whose n may be infinite."""
    near = finite_below(x)  # what is NaN stays so in e
    e = np.exp(x)
    n: NDArray[Any] = np.add(e, _TWO)
    np.multiply(n, e, n)
    np.divide(_TWO, n, n)
    np.add(n, _ONE, n)
    np.divide(near, n, n)
    return n


def _mish_slope(x: NDArray[Any]) -> NDArray[Any]:
    """Of x·t: t + x·(1 − t²)·σ, with t = n / (n + 2)."""
    near = np.clip(x, -800.0, FLAT)
    e = np.exp(near)
    n = e * (2.0 + e)
    flatness = 4.0 * (n + 1.0) / ((n + 2.0) * (n + 2.0))
    result: NDArray[Any] = n / (n + 2.0) + near * flatness * sigmoid(near)
    return result


def _hard_mish(x: NDArray[Any]) -> NDArray[Any]:
    near = np.maximum(x, -2.0)
    result: NDArray[Any] = np.where(x < 0, (near + 2.0) * (0.5 * near), x)
    return result


def _hard_mish_slope(x: NDArray[Any]) -> NDArray[Any]:
    inside = np.clip(x, -2.0, 0.0) + 1.0
    return np.where(np.isnan(x), x, np.where(x <= -2.0, 0.0, inside))


def mish(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    """Give x·tanh(log(1 + exp(x))), to 1.5 ulp."""
    return elementwise(_mish, x, out, single=_mish_single)


def mish_derivative(x: ArrayLike) -> NDArray[Any]:
    """Give the slope of mish."""
    return elementwise(_mish_slope, x)


def hard_mish(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    """Give x/2·min(max(x + 2, 0), 2), to 1.5 ulp."""
    return elementwise(_hard_mish, x, out)


def hard_mish_derivative(x: ArrayLike) -> NDArray[Any]:
    """Give the slope of hard_mish."""
    return elementwise(_hard_mish_slope, x)


def mish_onnx(op: OnnxBuilder, x: str) -> str:
    """Give mish as ONNX's operator of that name."""
    return op.Mish(x)


def hard_mish_onnx(op: OnnxBuilder, x: str) -> str:
    """Give hard_mish as operators of ONNX."""
    factor = op.Clip(op.Add(x, op.constant(2)), op.constant(0), op.constant(2))
    return op.Mul(op.Mul(x, op.constant(0.5)), factor)


def mish_scalar(x: float) -> float:
    """Give mish of one number."""
    near = clamped(x, -200.0, FLAT)
    e = math.exp(near)
    n = e * (2.0 + e)
    return (x if x > -200.0 else near) * (n / (n + 2.0))


def mish_scalar_float32(x: float) -> float:
    """Give mish of one number in single precision: x·n / (n + 2), with n = e·(2 + e).

    n, its product with x and n + 2 are kept with what they lose; e and they are 2^64 times as
    large, so that none becomes subnormal.
    """
    near = clamped(x, float32.LOW, 10.0)  # from 10 on it is x
    less, power = float32.exp_parts(near)
    e = float32.multiply_add(less, power, power)
    small = e * float32.DOWN
    n = float32.multiply_add(e, small, e + e)
    rest = float32.multiply_add(e, small, (e + e) - n)
    under = float32.multiply_add(n, float32.DOWN, 2.0)
    under_rest = float32.multiply_add(n, float32.DOWN, 2.0 - under)
    under_rest = float32.multiply_add(rest, float32.DOWN, under_rest)
    over = near * n
    over_rest = float32.multiply_add(near, rest, float32.multiply_add(near, n, -over))
    y = float32.quotient_of_sums(over, over_rest, under, under_rest) * float32.DOWN
    return x if x > 10.0 else math.copysign(y, x)


def hard_mish_scalar(x: float) -> float:
    """Give hard_mish of one number."""
    near = clamped(x, -2.0, 0.0)
    return (near + 2.0) * (0.5 * near) if x < 0.0 else x


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    """Give both."""
    return [
        nnspec.Activation(
            "mish",
            mish,
            summary="A smooth rectifier that dips below zero, as silu but deeper.",
            formula="x·tanh(log(1 + exp(x)))",
            source="D. Misra, Mish: a self regularized non-monotonic activation function (2019).",
            range="[−0.30884…, ∞)",
            derivative=mish_derivative,
            inplace=mish,
            scalar=mish_scalar,
            scalar_float32=mish_scalar_float32,
            onnx=mish_onnx,
            elsewhere={"PyTorch": "its softplus is x itself above 20"},
        ),
        nnspec.Activation(
            "hard_mish",
            hard_mish,
            summary="Mish by parabola and straight lines.",
            formula="x/2·min(max(x + 2, 0), 2)",
            source="timm.layers.HardMish, after Darknet's hard_mish.",
            range="[−0.5, ∞)",
            derivative=hard_mish_derivative,
            inplace=hard_mish,
            scalar=hard_mish_scalar,
            scalar_float32=hard_mish_scalar,
            onnx=hard_mish_onnx,
        ),
    ]
