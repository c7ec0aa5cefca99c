"""exponential: the exponential function.

    f(x) = exp(x)

Examples:
    >>> exponential([-2.0, 0.5, 3.0]).round(8)
    array([ 0.13533528,  1.64872127, 20.08553692])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import float32
from nnspec.numerics import scalar as numbers
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.exp import exp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _exponential(x: NDArray[Any]) -> NDArray[Any]:
    return exp(x)


def _exponential_single(x: NDArray[Any]) -> NDArray[Any]:
    result: NDArray[Any] = np.exp(np.clip(x, -200.0, 200.0))
    return result


def _slope(x: NDArray[Any]) -> NDArray[Any]:
    return exp(x)


def exponential(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return elementwise(_exponential, x, out, single=_exponential_single)


def derivative(x: ArrayLike) -> NDArray[Any]:
    return elementwise(_slope, x)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.Exp(x)


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "exponential",
            exponential,
            aliases=("exp",),
            summary="Makes any number positive: for rates of counts.",
            formula="exp(x)",
            source="Usual; keras.activations.exponential.",
            range="(0, ∞)",
            keeps_order=True,
            derivative=derivative,
            inplace=exponential,
            scalar=numbers.exp,
            scalar_float32=float32.exp,
            onnx=onnx,
            elsewhere={
                "Caffe": "Exp has base, scale and shift",
            },
        )
    ]
