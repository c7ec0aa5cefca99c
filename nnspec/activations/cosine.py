"""cosine: the cosine.

    f(x) = cos(x)

Infinity has no cosine: it gives NaN.

Examples:
    >>> cosine([-2.0, 0.5, 3.0]).round(8)
    array([-0.41614684,  0.87758256, -0.9899925 ])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics.elementwise import elementwise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _cosine(x: NDArray[Any]) -> NDArray[Any]:
    result: NDArray[Any] = np.cos(x)
    return result


def _slope(x: NDArray[Any]) -> NDArray[Any]:
    result: NDArray[Any] = -np.sin(x)
    return result


def cosine(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return elementwise(_cosine, x, out)


def derivative(x: ArrayLike) -> NDArray[Any]:
    return elementwise(_slope, x)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.Cos(x)


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "cosine",
            cosine,
            aliases=("cos",),
            summary="For periodic signals.",
            formula="cos(x)",
            source="PMML 4.4, NeuralNetwork, activation function cosine.",
            range="[−1, 1]",
            derivative=derivative,
            inplace=cosine,
            onnx=onnx,
        )
    ]
