"""relu6: a rectifier that stops at six.

    f(x) = min(max(x, 0), 6)

Examples:
    >>> relu6([-2.0, 0.5, 3.0]).round(8)
    array([0. , 0.5, 3. ])
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


def _relu6(x: NDArray[Any]) -> NDArray[Any]:
    return np.where(x < 0, 0.0, np.minimum(x, 6.0))


def _slope(x: NDArray[Any]) -> NDArray[Any]:
    return np.where(np.isnan(x), x, (x > 0) & (x < 6))


def relu6(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return elementwise(_relu6, x, out)


def derivative(x: ArrayLike) -> NDArray[Any]:
    return elementwise(_slope, x)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.Clip(x, op.constant(0), op.constant(6))


def scalar(x: float) -> float:
    return clamped(x, 0.0, 6.0)


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "relu6",
            relu6,
            summary="A bounded rectifier, for networks of low precision.",
            formula="min(max(x, 0), 6)",
            source="A. Krizhevsky, Convolutional deep belief networks on CIFAR-10 (2010).",
            range="[0, 6]",
            keeps_order=True,
            derivative=derivative,
            inplace=relu6,
            scalar=scalar,
            scalar_float32=scalar,
            onnx=onnx,
            elsewhere={
                "ONNX": "Clip with min=0 and max=6",
                "thinc": "relu_k with n=6",
            },
        )
    ]
