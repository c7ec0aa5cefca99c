"""tanh: the hyperbolic tangent.

    f(x) = (exp(x) − exp(−x)) / (exp(x) + exp(−x))

Examples:
    >>> tanh([-1.0, 0.0, 1.0]).round(8)
    array([-0.76159416,  0.        ,  0.76159416])
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import float32
from nnspec.numerics import tanh as hyperbolic
from nnspec.numerics.elementwise import elementwise, floating
from nnspec.numerics.quiet import quietly
from nnspec.numerics.sigmoid import sigmoid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def tanh(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    x = floating(x)
    if x.dtype != np.float32:
        return elementwise(hyperbolic.tanh, x, out)
    return quietly(np.tanh, x, np.empty_like(x) if out is None else out)  # to 1.4 ulp


def derivative(x: ArrayLike) -> NDArray[Any]:
    return elementwise(lambda x: 4.0 * sigmoid(2.0 * x, times=sigmoid(-2.0 * x)), x)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.Tanh(x)


def scalar(x: float) -> float:
    return math.tanh(x)


def scalar_float32(x: float) -> float:
    """With m = 1 − exp(−2·|x|), it is m / (2 − m) with the sign of x."""
    z = -2.0 * abs(x)
    z = -40.0 if z < -40.0 else z
    less, power = float32.exp_parts(z)
    power *= float32.DOWN
    m = -float32.multiply_add(power, less, power - 1.0)
    under = 2.0 - m
    return math.copysign(float32.quotient(m, under, (2.0 - under) - m), x)


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "tanh",
            tanh,
            summary="A sigmoid around zero, with slope one at the origin.",
            formula="(exp(x) − exp(−x)) / (exp(x) + exp(−x))",
            source="Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller, Efficient backprop (1998); "
            "all frameworks.",
            range="(−1, 1)",
            keeps_order=True,
            derivative=derivative,
            inplace=tanh,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
        )
    ]
