"""hard_sigmoid: a sigmoid of straight lines.

    f(x) = min(max(slope·x + offset, 0), 1)

The default slope is a sixth, which no double is: 1/6 is taken to mean that, so that f(−3) is 0.

Examples:
    >>> hard_sigmoid([-2.0, 0.5, 3.0]).round(8)
    array([0.16666667, 0.58333333, 1.        ])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import float32
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.pair import add, divide, rounded, times
from nnspec.numerics.scalar import clamped, multiply_add

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _hard_sigmoid(x: NDArray[Any], slope: float, offset: float) -> NDArray[Any]:
    if slope == 1 / 6:
        far = 6.0 * (abs(offset) + 2.0)  # where the result is 0 or 1 already
        product = divide((np.clip(x, -far, far), 0.0), (6.0, 0.0))
    else:
        product = times(x, slope)
    result: NDArray[Any] = np.clip(rounded(add(product, offset)), 0.0, 1.0)
    return result


def _slope(x: NDArray[Any], slope: float, offset: float) -> NDArray[Any]:
    inside = np.abs(slope * x + (offset - 0.5)) < 0.5
    return np.where(np.isnan(x), x, np.where(inside, slope, 0.0))


def hard_sigmoid(
    x: ArrayLike, out: NDArray[Any] | None = None, *, slope: float = 1 / 6, offset: float = 0.5
) -> NDArray[Any]:
    return elementwise(_hard_sigmoid, x, out, slope=slope, offset=offset)


def derivative(x: ArrayLike, *, slope: float = 1 / 6, offset: float = 0.5) -> NDArray[Any]:
    return elementwise(_slope, x, slope=slope, offset=offset)


def onnx(op: OnnxBuilder, x: str, *, slope: float = 1 / 6, offset: float = 0.5) -> str:
    if op.holds(slope, offset):
        return op.HardSigmoid(x, alpha=slope, beta=offset)
    line = op.Add(op.Mul(x, op.constant(slope)), op.constant(offset))
    return op.Clip(line, op.constant(0), op.constant(1))


def scalar(x: float, slope: float = 1 / 6, offset: float = 0.5) -> float:
    """With what the product and the sum lose, since they may cancel each other."""
    far = (abs(offset) + 2.0) / slope  # where the result is 0 or 1 already
    near = clamped(x, -far, far)
    if slope == 1 / 6:
        product = near / 6.0
        rest = multiply_add(-6.0, product, near) / 6.0
    else:
        product = slope * near
        rest = multiply_add(slope, near, -product)
    total = product + offset
    back = total - product
    lost = (product - (total - back)) + (offset - back)
    return clamped(total + (lost + rest), 0.0, 1.0)


def scalar_float32(x: float) -> float:
    return float32.product(clamped(x, -3.0, 3.0) + 3.0, 1 / 6)


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "hard_sigmoid",
            hard_sigmoid,
            parameters={
                "slope": {
                    "type": "number",
                    "title": "Slope",
                    "description": "How steep the middle part is.",
                    "exclusiveMinimum": 0,
                    "default": 1 / 6,
                },
                "offset": {
                    "type": "number",
                    "title": "Offset",
                    "description": "The value at zero.",
                    "default": 0.5,
                },
            },
            aliases=("hardsigmoid",),
            summary="A cheap sigmoid, for small machines.",
            formula="min(max(slope·x + offset, 0), 1)",
            source="M. Courbariaux, Y. Bengio, J.-P. David, BinaryConnect (2015); the slope as in "
            "PyTorch.",
            range="[0, 1]",
            keeps_order=True,
            derivative=derivative,
            inplace=hard_sigmoid,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
            varying=("slope",),
            elsewhere={
                "PyTorch, Keras 3, JAX": "slope 1/6",
                "ONNX": "HardSigmoid, alpha=0.2 and beta=0.5",
                "Keras 2, thinc": "slope 0.2",
                "Paddle": "0.1666667 as a function, 0.2 in fluid",
            },
        )
    ]
