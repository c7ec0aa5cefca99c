"""hard_shrink: zero near zero.

    f(x) = x if |x| > λ, else 0

Examples:
    >>> hard_shrink([-2.0, 0.5, 3.0]).round(8)
    array([-2.,  0.,  3.])
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


def _hard_shrink(x: NDArray[Any], lambd: float) -> NDArray[Any]:
    return np.where(np.abs(x) <= lambd, np.copysign(0.0, x), x)


def _slope(x: NDArray[Any], lambd: float) -> NDArray[Any]:
    return np.where(np.isnan(x), x, (np.abs(x) > lambd) | (lambd == 0))


def hard_shrink(
    x: ArrayLike, out: NDArray[Any] | None = None, *, lambd: float = 0.5
) -> NDArray[Any]:
    return elementwise(_hard_shrink, x, out, lambd=lambd)


def derivative(x: ArrayLike, *, lambd: float = 0.5) -> NDArray[Any]:
    return elementwise(_slope, x, lambd=lambd)


def onnx(op: OnnxBuilder, x: str, *, lambd: float = 0.5) -> str:
    near = op.LessOrEqual(op.Abs(x), op.limit(lambd))
    return op.Where(near, op.constant(0), x)  # of a NaN, Shrink would make a zero


def scalar(x: float, lambd: float = 0.5) -> float:
    return math.copysign(0.0, x) if abs(x) <= lambd else x


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "hard_shrink",
            hard_shrink,
            parameters={
                "lambd": {
                    "type": "number",
                    "title": "λ",
                    "description": "Inputs from −λ to λ give zero.",
                    "minimum": 0,
                    "default": 0.5,
                },
            },
            aliases=("hardshrink",),
            summary="Denoises: what is small becomes zero, the rest stays.",
            formula="x if |x| > λ, else 0",
            source="D. L. Donoho, I. M. Johnstone, Ideal spatial adaptation by wavelet shrinkage "
            "(1994).",
            range="(−∞, ∞)",
            keeps_order=True,
            derivative=derivative,
            inplace=hard_shrink,
            scalar=scalar,
            scalar_float32=scalar,
            onnx=onnx,
            elsewhere={
                "Keras": "called threshold",
                "ONNX": "Shrink with bias=0",
            },
        )
    ]
