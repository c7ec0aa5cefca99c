"""sparse_plus: a softplus with a true zero.

    f(x) = 0 if x ≤ −1, x if x ≥ 1, else (x + 1)²/4

Examples:
    >>> sparse_plus([-2.0, 0.5, 3.0]).round(8)
    array([0.    , 0.5625, 3.    ])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import float32
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.pair import multiply, rounded, two_sum
from nnspec.numerics.scalar import clamped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _sparse_plus(x: NDArray[Any]) -> NDArray[Any]:
    base = two_sum(np.clip(x, -1.0, 1.0), 1.0)
    return np.where(x < 1.0, 0.25 * rounded(multiply(base, base)), x)


def _sparse_plus_single(x: NDArray[Any]) -> NDArray[Any]:
    base = np.clip(x, -1.0, 1.0) + 1.0
    return np.where(x < 1.0, 0.25 * base * base, x)


def _slope(x: NDArray[Any]) -> NDArray[Any]:
    return np.clip(0.5 * (x + 1.0), 0.0, 1.0)


def sparse_plus(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return elementwise(_sparse_plus, x, out, single=_sparse_plus_single)


def derivative(x: ArrayLike) -> NDArray[Any]:
    return elementwise(_slope, x)


def onnx(op: OnnxBuilder, x: str) -> str:
    base = op.Add(op.Clip(x, op.constant(-1), op.constant(1)), op.constant(1))
    parabola = op.Mul(op.Mul(base, base), op.constant(0.25))
    return op.Where(op.Less(x, op.constant(1)), parabola, x)


def scalar(x: float) -> float:
    base = clamped(x, -1.0, 1.0) + 1.0
    return 0.25 * base * base if x < 1.0 else x


def scalar_float32(x: float) -> float:
    near = clamped(x, -1.0, 1.0)
    base = near + 1.0
    lost = near - (base - 1.0)
    return 0.25 * float32.multiply_add(base, base, 2.0 * base * lost) if x < 1.0 else x


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "sparse_plus",
            sparse_plus,
            summary="A ramp with a parabola for its bend.",
            formula="0 if x ≤ −1, x if x ≥ 1, else (x + 1)²/4",
            source="jax.nn.sparse_plus, keras.activations.sparse_plus.",
            range="[0, ∞)",
            keeps_order=True,
            derivative=derivative,
            inplace=sparse_plus,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
        )
    ]
