"""square: the square.

    f(x) = x²

Examples:
    >>> square([-2.0, 0.5, 3.0]).round(8)
    array([4.  , 0.25, 9.  ])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nnspec
from nnspec.numerics.elementwise import elementwise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _square(x: NDArray[Any]) -> NDArray[Any]:
    result: NDArray[Any] = x * x
    return result


def _slope(x: NDArray[Any]) -> NDArray[Any]:
    return 2.0 * x


def square(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return elementwise(_square, x, out)


def derivative(x: ArrayLike) -> NDArray[Any]:
    return elementwise(_slope, x)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.Mul(x, x)


def scalar(x: float) -> float:
    return x * x


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "square",
            square,
            summary="A polynomial unit.",
            formula="x²",
            source="PMML 4.4, NeuralNetwork, activation function square.",
            range="[0, ∞)",
            derivative=derivative,
            inplace=square,
            scalar=scalar,
            onnx=onnx,
        )
    ]
