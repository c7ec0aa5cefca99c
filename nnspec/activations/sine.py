"""sine: the sine.

    f(x) = sin(x)

Infinity has no sine: it gives NaN.

Examples:
    >>> sine([-2.0, 0.5, 3.0]).round(8)
    array([-0.90929743,  0.47942554,  0.14112001])
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


def _sine(x: NDArray[Any]) -> NDArray[Any]:
    result: NDArray[Any] = np.sin(x)
    return result


def _slope(x: NDArray[Any]) -> NDArray[Any]:
    result: NDArray[Any] = np.cos(x)
    return result


def sine(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return elementwise(_sine, x, out)


def derivative(x: ArrayLike) -> NDArray[Any]:
    return elementwise(_slope, x)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.Sin(x)


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "sine",
            sine,
            aliases=("sin",),
            summary="For periodic signals and implicit representations.",
            formula="sin(x)",
            source="V. Sitzmann and others, Implicit neural representations with periodic "
            "activation functions (2020); PMML.",
            range="[−1, 1]",
            derivative=derivative,
            inplace=sine,
            onnx=onnx,
        )
    ]
