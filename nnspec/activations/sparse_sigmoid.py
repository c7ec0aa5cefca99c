"""sparse_sigmoid: the slope of sparse_plus.

    f(x) = min(max((x + 1)/2, 0), 1)

Examples:
    >>> sparse_sigmoid([-2.0, 0.5, 3.0]).round(8)
    array([0.  , 0.75, 1.  ])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.scalar import clamped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _sparse_sigmoid(x: NDArray[Any]) -> NDArray[Any]:
    result: NDArray[Any] = np.clip(0.5 * (np.clip(x, -2.0, 2.0) + 1.0), 0.0, 1.0)
    return result


def _slope(x: NDArray[Any]) -> NDArray[Any]:
    return np.where(np.isnan(x), x, np.where(np.abs(x) < 1.0, 0.5, 0.0))


def sparse_sigmoid(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return elementwise(_sparse_sigmoid, x, out)


def derivative(x: ArrayLike) -> NDArray[Any]:
    return elementwise(_slope, x)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.HardSigmoid(x, alpha=0.5, beta=0.5)


def scalar(x: float) -> float:
    return clamped(0.5 * (clamped(x, -2.0, 2.0) + 1.0), 0.0, 1.0)


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "sparse_sigmoid",
            sparse_sigmoid,
            summary="A sigmoid of straight lines that reaches 0 and 1.",
            formula="min(max((x + 1)/2, 0), 1)",
            source="jax.nn.sparse_sigmoid, keras.activations.sparse_sigmoid.",
            range="[0, 1]",
            keeps_order=True,
            derivative=derivative,
            inplace=sparse_sigmoid,
            scalar=scalar,
            scalar_float32=scalar,
            onnx=onnx,
        )
    ]
