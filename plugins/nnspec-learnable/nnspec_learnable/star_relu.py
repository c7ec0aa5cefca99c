"""star_relu: a squared rectifier with a learned scale and shift.

    f(x) = s·max(x, 0)² + b

Examples:
    >>> star_relu([-1.0, 3.0], scale=2.0, bias=-0.5)
    array([-0.5, 17.5])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics.fused import exact_product, multiply_add
from nnspec.numerics.pair import rounded
from nnspec.numerics.per_unit import per_unit

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from nnspec.numerics.pair import Number
    from nnspec.onnx_builder import OnnxBuilder


def _star_relu(x: NDArray[Any], scale: Number, bias: Number) -> NDArray[Any]:
    """The product is exact before the shift is added, which may cancel it."""
    ramp = np.where(x < 0, 0.0, x)
    scaled, rest = exact_product(scale, ramp)
    total = rounded(multiply_add(scaled, ramp, bias, rest * ramp))
    return np.where((x <= 0) | ((x > 0) & (scale == 0)), bias, total)


def _slope(x: NDArray[Any], scale: Number, bias: Number) -> NDArray[Any]:
    ramp = np.where(x < 0, 0.0, x)
    return np.where(ramp == 0, 0.0, 2 * scale * ramp)


def star_relu(
    x: ArrayLike, out: NDArray[Any] | None = None, *, scale: ArrayLike, bias: ArrayLike
) -> NDArray[Any]:
    """Give s·max(x, 0)² + b, to 1.5 ulp, near the zero of the sum too."""
    return per_unit(_star_relu, x, out, scale=scale, bias=bias)


def derivative(x: ArrayLike, *, scale: ArrayLike, bias: ArrayLike) -> NDArray[Any]:
    """Give 2s·max(x, 0)."""
    return per_unit(_slope, x, scale=scale, bias=bias)


def onnx(op: OnnxBuilder, x: str, *, scale: ArrayLike, bias: ArrayLike) -> str:
    """Give it as Relu and arithmetic."""
    ramp = op.Relu(x)
    return op.Add(op.Mul(op.Mul(ramp, ramp), op.constant(scale)), op.constant(bias))


def scalar(x: float, scale: float, bias: float) -> float:
    """Give it for one number."""
    ramp = 0.0 if x < 0.0 else x
    return bias if x <= 0.0 or (x > 0.0 and scale == 0.0) else scale * ramp * ramp + bias


ACTIVATION = nnspec.Activation(
    "star_relu",
    star_relu,
    parameters={
        "scale": {
            "type": "number",
            "title": "Scale",
            "description": "What the square is multiplied by.",
        },
        "bias": {
            "type": "number",
            "title": "Shift",
            "description": "What is added; the value of all negative inputs.",
        },
    },
    learnable={"scale": 1.0, "bias": 0.0},
    summary="A squared rectifier with learned scale and shift: MetaFormer, CAFormer.",
    formula="s·max(x, 0)² + b",
    source="W. Yu et al., MetaFormer baselines for vision (2022).",
    range="[b, ∞) for a positive scale",
    derivative=derivative,
    inplace=star_relu,
    scalar=scalar,
    onnx=onnx,
    elsewhere={
        "timm": "StarReLU: one scale and one bias for all, which begin at 1 and 0",
        "the paper": "0.8944 and −0.4472 make normal inputs normal outputs",
    },
)
