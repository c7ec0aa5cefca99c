"""soft_shrink: takes λ off the size of its input.

    f(x) = sign(x)·max(|x| − λ, 0)

Examples:
    >>> soft_shrink([-2.0, 0.5, 3.0]).round(8)
    array([-1.5,  0. ,  2.5])
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics.elementwise import elementwise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _soft_shrink(x: NDArray[Any], lambd: float) -> NDArray[Any]:
    result: NDArray[Any] = np.where(
        np.abs(x) <= lambd, np.copysign(0.0, x), x - np.copysign(lambd, x)
    )
    return result


def _slope(x: NDArray[Any], lambd: float) -> NDArray[Any]:
    return np.where(np.isnan(x), x, (np.abs(x) > lambd) | (lambd == 0))


def soft_shrink(
    x: ArrayLike, out: NDArray[Any] | None = None, *, lambd: float = 0.5
) -> NDArray[Any]:
    return elementwise(_soft_shrink, x, out, lambd=lambd)


def derivative(x: ArrayLike, *, lambd: float = 0.5) -> NDArray[Any]:
    return elementwise(_slope, x, lambd=lambd)


def onnx(op: OnnxBuilder, x: str, *, lambd: float = 0.5) -> str:
    most = op.constant(lambd)
    return op.Sub(x, op.Clip(x, op.Neg(most), most))


def scalar(x: float, lambd: float = 0.5) -> float:
    return math.copysign(0.0, x) if abs(x) <= lambd else x - math.copysign(lambd, x)


def scalar_float32(x: float) -> float:
    return scalar(x, 0.5)


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "soft_shrink",
            soft_shrink,
            parameters={
                "lambd": {
                    "type": "number",
                    "title": "λ",
                    "description": "Inputs from −λ to λ give zero.",
                    "minimum": 0,
                    "default": 0.5,
                },
            },
            aliases=("softshrink",),
            summary="Denoises: what is small becomes zero, the rest comes nearer to it.",
            formula="sign(x)·max(|x| − λ, 0)",
            source="D. L. Donoho, De-noising by soft-thresholding (1995).",
            range="(−∞, ∞)",
            keeps_order=True,
            derivative=derivative,
            inplace=soft_shrink,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
            elsewhere={
                "Keras": "called threshold",
                "ONNX": "Shrink, lambd=0.5 and bias=0; this one has bias=lambd",
                "TensorFlow Addons": "lower=−0.5 and upper=0.5",
            },
        )
    ]
