"""softmin: softmax of the negated input.

    f(x)ᵢ = exp(−xᵢ) / Σⱼ exp(−xⱼ)

The smallest number of a row gets the largest share.

Examples:
    >>> softmin([[0.3, 2.9, 4.0]]).round(8)
    array([[0.9099205 , 0.06758305, 0.02249644]])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nnspec
from nnspec.activations import softmax
from nnspec.numerics import softmax as rows
from nnspec.numerics.rowwise import rowwise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _softmin(x: NDArray[Any]) -> NDArray[Any]:
    return rows.softmax(-x)


def _softmin_single(x: NDArray[Any]) -> NDArray[Any]:
    return rows.softmax_single(-x)


def softmin(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return rowwise(_softmin, x, out, single=_softmin_single)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.Softmax(op.Neg(x), axis=-1)


def scalar(x: NDArray[Any], out: NDArray[Any]) -> None:
    for k in range(x.size):
        out[k] = -x[k]
    softmax.scalar(out, out)


def scalar_float32(x: NDArray[Any], out: NDArray[Any]) -> None:
    for k in range(x.size):
        out[k] = -x[k]
    softmax.scalar_float32(out, out)


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "softmin",
            softmin,
            summary="Turns a row of costs into probabilities.",
            formula="exp(−xᵢ) / Σⱼ exp(−xⱼ)",
            source="torch.nn.Softmin.",
            range="[0, 1]",
            rowwise=True,
            inplace=softmin,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
        )
    ]
