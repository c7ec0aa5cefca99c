"""elu: the exponential linear unit.

    f(x) = x if x > 0, else α·(exp(x) − 1)

Examples:
    >>> elu([-1.0, 2.0]).round(8)
    array([-0.63212056,  2.        ])
    >>> elu([-1e-20])
    array([-1.e-20])
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import float32
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.exp import exp
from nnspec.numerics.expm1 import expm1
from nnspec.numerics.scalar import clamped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _elu(x: NDArray[Any], alpha: float) -> NDArray[Any]:
    return np.where(x < 0, alpha * expm1(np.minimum(x, 0.0)), x)


def _elu_single(x: NDArray[Any], alpha: float) -> NDArray[Any]:
    return np.where(x < 0, alpha * np.expm1(np.clip(x, -100.0, 0.0)), x)


def _slope(x: NDArray[Any], alpha: float) -> NDArray[Any]:
    return np.where(x > 0, 1.0, alpha * exp(np.minimum(x, 0.0)))


def elu(x: ArrayLike, out: NDArray[Any] | None = None, *, alpha: float = 1.0) -> NDArray[Any]:
    return elementwise(_elu, x, out, single=_elu_single, alpha=alpha)


def derivative(x: ArrayLike, *, alpha: float = 1.0) -> NDArray[Any]:
    return elementwise(_slope, x, alpha=alpha)


def onnx(op: OnnxBuilder, x: str, *, alpha: float = 1.0) -> str:
    if op.holds(alpha):
        return op.Elu(x, alpha=alpha)
    return op.Where(op.Less(x, op.constant(0)), op.Mul(op.Elu(x), op.constant(alpha)), x)


def scalar(x: float, alpha: float = 1.0) -> float:
    return alpha * math.expm1(clamped(x, -100.0, 0.0)) if x < 0.0 else x


def scalar_float32(x: float, alpha: float = 1.0) -> float:
    return alpha * float32.expm1(x) if x < 0.0 else x


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "elu",
            elu,
            parameters={
                "alpha": {
                    "type": "number",
                    "title": "α",
                    "description": "The function approaches −α for very negative inputs.",
                    "minimum": 0,
                    "default": 1.0,
                },
            },
            summary="A rectifier that saturates smoothly below zero.",
            formula="x if x > 0, else α·(exp(x) − 1)",
            source="D.-A. Clevert, T. Unterthiner, S. Hochreiter, Fast and accurate deep network "
            "learning by exponential linear units (2016).",
            range="(−α, ∞)",
            derivative=derivative,
            inplace=elu,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
            elsewhere={"Darknet": "α fixed at 1"},
        )
    ]
