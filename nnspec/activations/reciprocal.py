"""reciprocal: one over the input.

    f(x) = 1 / x

Examples:
    >>> reciprocal([-2.0, 0.5, 3.0]).round(8)
    array([-0.5       ,  2.        ,  0.33333333])
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import nnspec
from nnspec.numerics.elementwise import elementwise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _reciprocal(x: NDArray[Any]) -> NDArray[Any]:
    return 1.0 / x


def _slope(x: NDArray[Any]) -> NDArray[Any]:
    result: NDArray[Any] = -1.0 / x / x
    return result


def reciprocal(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return elementwise(_reciprocal, x, out)


def derivative(x: ArrayLike) -> NDArray[Any]:
    return elementwise(_slope, x)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.Reciprocal(x)


def scalar(x: float) -> float:
    return math.copysign(math.inf, x) if x == 0.0 else 1.0 / x


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "reciprocal",
            reciprocal,
            summary="Its limits at +0 and −0 are +∞ and −∞.",
            formula="1 / x",
            source="PMML 4.4, NeuralNetwork, activation function reciprocal.",
            range="(−∞, 0) ∪ (0, ∞)",
            derivative=derivative,
            inplace=reciprocal,
            scalar=scalar,
            scalar_float32=scalar,
            onnx=onnx,
        )
    ]
