"""hardmax: one for the largest of a row.

    f(x)ᵢ = 1 for the first i with xᵢ = max x, else 0

A NaN makes its own row NaN and no other.

Examples:
    >>> hardmax([[0.3, 4.0, 4.0]]).round(8)
    array([[0., 1., 0.]])
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics.rowwise import rowwise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _hardmax(x: NDArray[Any]) -> NDArray[Any]:
    places = np.arange(x.shape[-1])
    one = (places == x.argmax(axis=-1)[..., np.newaxis]).astype(np.float64)
    return np.where(np.isnan(x).any(axis=-1, keepdims=True), np.nan, one)


def hardmax(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return rowwise(_hardmax, x, out)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.Hardmax(x, axis=-1)


def scalar(x: NDArray[Any], out: NDArray[Any]) -> None:
    chosen, rest = 0, 0.0
    for k in range(x.size):
        chosen = k if x[k] > x[chosen] else chosen
        rest = rest if x[k] == x[k] else math.nan  # NaN is not equal to itself
    for k in range(x.size):
        out[k] = rest + 1.0 if k == chosen else rest


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "hardmax",
            hardmax,
            summary="Decides for one class.",
            formula="1 for the first i with xᵢ = max x, else 0",
            source="ONNX Hardmax.",
            range="{0, 1}",
            rowwise=True,
            keeps_order=True,
            inplace=hardmax,
            scalar=scalar,
            onnx=onnx,
            elsewhere={
                "ONNX": "before opset 13 along axis 1, with all later axes flattened into it"
            },
        )
    ]
