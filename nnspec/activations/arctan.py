"""arctan: the arc tangent, scaled to ±1.

    f(x) = 2/π·atan(x)

Examples:
    >>> arctan([-2.0, 0.5, 3.0]).round(8)
    array([-0.70483276,  0.29516724,  0.79516724])
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.pair import constant
from nnspec.numerics.scalar import multiply_add

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder

FACTOR = constant("0.6366197723675813430755350534900574481378")  # 2/π
# 2/π·(atan(u) / u − 1) / u² as a polynomial in u² up to 1, fitted for the largest error: 6e-11
_SERIES = (
    -0.0004528232910665096,
    0.003182623014923743,
    -0.010485957634178478,
    0.022093540293487358,
    -0.03482584895803405,
    0.04627827950454386,
    -0.057224407951585156,
    0.07063424846401137,
    -0.0909363648458818,
    0.12732352279867826,
    -0.21220658379835475,
)


def _arctan(x: NDArray[Any]) -> NDArray[Any]:
    angle = np.arctan(x)
    result: NDArray[Any] = np.copysign(angle * FACTOR[0] + angle * FACTOR[1], x)
    return result


def _slope(x: NDArray[Any]) -> NDArray[Any]:
    near = np.clip(x, -1e150, 1e150)
    result: NDArray[Any] = FACTOR[0] / (1.0 + near * near)
    return result


def arctan(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return elementwise(_arctan, x, out)


def derivative(x: ArrayLike) -> NDArray[Any]:
    return elementwise(_slope, x)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.Mul(op.Atan(x), op.constant(FACTOR[0]))


def scalar(x: float) -> float:
    """For single precision: right of 1 it is 1 − f(1/x)."""
    t = abs(x)
    far = t > 1.0
    u = (1.0 if far else t) / (t if far else 1.0)
    squared = u * u
    total = _SERIES[0]
    for coefficient in _SERIES[1:]:
        total = multiply_add(total, squared, coefficient)
    y = multiply_add(u * squared, total, FACTOR[0] * u)
    return math.copysign(1.0 - y if far else y, x)


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "arctan",
            arctan,
            aliases=("atan",),
            summary="A sigmoid that saturates slowly.",
            formula="2/π·atan(x)",
            source="PMML 4.4, NeuralNetwork, activation function arctan.",
            range="(−1, 1)",
            keeps_order=True,
            derivative=derivative,
            inplace=arctan,
            scalar=scalar,
            onnx=onnx,
            elsewhere={
                "PyTorch, JAX": "arctan is not scaled",
            },
        )
    ]
