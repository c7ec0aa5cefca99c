"""hard_swish: a silu of straight lines and a parabola.

    f(x) = x·min(max(x/6 + 1/2, 0), 1)

Examples:
    >>> hard_swish([-2.0, 0.5, 3.0]).round(8)
    array([-0.33333333,  0.29166667,  3.        ])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import float32
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.pair import divide, multiply, rounded, two_sum
from nnspec.numerics.scalar import clamped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _hard_swish(x: NDArray[Any]) -> NDArray[Any]:
    near = np.clip(x, -3.0, 3.0)
    parabola = divide(multiply(two_sum(near, 3.0), (near, 0.0)), (6.0, 0.0))
    return np.where(x < 3.0, np.copysign(rounded(parabola), x), x)


def _hard_swish_single(x: NDArray[Any]) -> NDArray[Any]:
    near = np.clip(x, -3.0, 3.0)
    return np.where(x < 3.0, near * (near + 3.0) / 6.0, x)


def _slope(x: NDArray[Any]) -> NDArray[Any]:
    inside = (2.0 * np.clip(x, -3.0, 3.0) + 3.0) / 6.0
    return np.where(x <= -3.0, 0.0, np.where(x >= 3.0, 1.0, inside))


def hard_swish(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return elementwise(_hard_swish, x, out, single=_hard_swish_single)


def derivative(x: ArrayLike) -> NDArray[Any]:
    return elementwise(_slope, x)


def onnx(op: OnnxBuilder, x: str) -> str:
    if op.holds(1 / 6):
        return op.HardSwish(x)
    sixfold = op.Clip(op.Add(x, op.constant(3)), op.constant(0), op.constant(6))
    return op.Mul(x, op.Div(sixfold, op.constant(6)))


def scalar(x: float) -> float:
    near = clamped(x, -3.0, 3.0)
    return near * (near + 3.0) / 6.0 if near < 3.0 else x


def scalar_float32(x: float) -> float:
    near = clamped(x, -3.0, 3.0)
    above = near + 3.0
    lost = (3.0 - above) + near
    sixfold = float32.multiply_add(near, above, near * lost)
    return float32.product(sixfold, 1 / 6) if near < 3.0 else x


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "hard_swish",
            hard_swish,
            aliases=(
                "hardswish",
                "hard_silu",
            ),
            summary="A cheap silu, for phones.",
            formula="x·min(max(x/6 + 1/2, 0), 1)",
            source="A. Howard and others, Searching for MobileNetV3 (2019).",
            range="[−0.375, ∞)",
            derivative=derivative,
            inplace=hard_swish,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
            elsewhere={
                "thinc": "hard_swish has the slope 0.2; hard_swish_mobilenet is this one",
            },
        )
    ]
