"""tanh_shrink: what the tangent takes off.

    f(x) = x − tanh(x)

Examples:
    >>> tanh_shrink([-2.0, 0.5, 3.0]).round(8)
    array([-1.03597242,  0.03788284,  2.00494525])
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import float32
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.pair import add, constant, fast_two_sum, multiply, rounded, two_product
from nnspec.numerics.polynomial import horner
from nnspec.numerics.scalar import clamped, multiply_add
from nnspec.numerics.tanh import tanh_pair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder

THIRD = constant("0.3333333333333333333333333333333333333333")
# (x − tanh x − x³/3) / x⁵ as a polynomial in x² up to 0.1, by Chebyshev's expansion
SERIES = (
    -0.13333333333333333,
    0.05396825396825357,
    -0.02186948853604753,
    0.008863235518805709,
    -0.0035921274629935524,
    0.0014558176985759851,
    -0.0005897411929088703,
    0.00023624699114156546,
    -8.098547006823905e-05,
)
_BACKWARDS = tuple(reversed(SERIES))
# The same up to 0.64, fitted for the largest error of x³/3 + …: 4.1e-9
_SINGLE = (0.00064563186, -0.0030093165, 0.0086381054, -0.021823933, 0.053963944, -0.13333319)
_THIRD_HIGH = 0.333251953125  # 12 bits
_THIRD_LOW = 1 / 3 - _THIRD_HIGH


def _tanh_shrink(x: NDArray[Any]) -> NDArray[Any]:
    size = np.abs(x)
    near = np.minimum(size, 0.3)
    squared = two_product(near, near)
    series = fast_two_sum(THIRD[0], THIRD[1] + squared[0] * horner(SERIES, squared[0]))
    small = rounded(multiply(multiply(series, squared), (near, 0.0)))
    middle = np.clip(size, 0.3, 40.0)
    tangent = tanh_pair(middle)
    large = rounded(add((-tangent[0], -tangent[1]), middle))
    result: NDArray[Any] = np.copysign(
        np.where(size < 0.3, small, np.where(size > 40.0, size - 1.0, large)), x
    )
    return result


def _tanh_shrink_single(x: NDArray[Any]) -> NDArray[Any]:
    near = np.clip(x, -0.3, 0.3)
    squared = near * near
    small = near * squared * (THIRD[0] + squared * horner(SERIES, squared))
    result: NDArray[Any] = np.where(np.abs(x) < 0.3, small, x - np.tanh(x))
    return result


def _slope(x: NDArray[Any]) -> NDArray[Any]:
    tangent = np.tanh(x)
    result: NDArray[Any] = tangent * tangent
    return result


def tanh_shrink(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return elementwise(_tanh_shrink, x, out, single=_tanh_shrink_single)


def derivative(x: ArrayLike) -> NDArray[Any]:
    return elementwise(_slope, x)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.Sub(x, op.Tanh(x))


def scalar(x: float) -> float:
    near = clamped(x, -0.3, 0.3)
    squared = near * near
    total = 0.0
    for coefficient in _BACKWARDS:
        total = multiply_add(total, squared, coefficient)
    small = near * squared * (THIRD[0] + squared * total)
    return small if abs(x) < 0.3 else x - math.tanh(x)


def scalar_float32(x: float) -> float:
    """Up to 0.8 by a series, then as x − m / (2 − m) with m = 1 − exp(−2·|x|)."""
    t = abs(x)
    near = 0.8 if t > 0.8 else t
    squared = near * near
    lost = float32.multiply_add(near, near, -squared)
    cubed = near * squared
    lost = float32.multiply_add(near, squared, -cubed) + near * lost
    total = _SINGLE[0]
    for coefficient in _SINGLE[1:]:
        total = float32.multiply_add(total, squared, coefficient)
    rest = float32.multiply_add(cubed, total * squared + _THIRD_LOW, _THIRD_HIGH * lost)
    small = float32.multiply_add(cubed, _THIRD_HIGH, rest)
    less, power = float32.exp_parts(-18.0 if t > 9.0 else -2.0 * t)
    power *= float32.DOWN
    m = -float32.multiply_add(power, less, power - 1.0)
    lost = -float32.multiply_add(power, less, (power - 1.0) + m)
    under = 2.0 - m
    i, lack = float32.inverse(under, (2.0 - under) - m - lost)
    large = float32.multiply_add(-m, i, t) - float32.multiply_add(lost, i, m * lack)
    return math.copysign(small if t < 0.8 else large, x)


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "tanh_shrink",
            tanh_shrink,
            aliases=("tanhshrink",),
            summary="Nearly zero near zero, nearly x ∓ 1 far from it.",
            formula="x − tanh(x)",
            source="torch.nn.Tanhshrink, keras.activations.tanh_shrink.",
            range="(−∞, ∞)",
            keeps_order=True,
            derivative=derivative,
            inplace=tanh_shrink,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
        )
    ]
