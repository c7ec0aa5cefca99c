"""sparsemax: the nearest point of the simplex.

    f(x)ᵢ = max(xᵢ − τ, 0), with τ such that Σᵢ f(x)ᵢ = 1

Unlike softmax it gives true zeros.

Examples:
    >>> sparsemax([[1.0, 0.8, -1.0]]).round(8)
    array([[0.6, 0.4, 0. ]])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nnspec
from nnspec.numerics import sparsemax as rows
from nnspec.numerics.rowwise import rowwise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def sparsemax(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return rowwise(rows.sparsemax, x, out)


def onnx(op: OnnxBuilder, x: str) -> str:
    """Here τ = max over k of (the sum of the k largest − 1) / k, with no search for the right k."""
    axis = op.Constant(value_ints=[-1])
    z = op.Sub(x, op.ReduceMax(x, axis))
    size = op.Shape(x, start=-1)
    falling, _ = op.add("TopK", z, size, outputs=2)
    last = op.Constant(value_int=-1)
    sums = op.CumSum(falling, last)
    k = op.CumSum(op.Expand(op.constant(1), op.Shape(x)), last)
    tau = op.ReduceMax(op.Div(op.Sub(sums, op.constant(1)), k), axis)
    return op.Relu(op.Sub(z, tau))


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "sparsemax",
            sparsemax,
            summary="Turns a row of scores into probabilities, most of them zero.",
            formula="max(xᵢ − τ, 0), with τ such that Σᵢ f(x)ᵢ = 1",
            source="A. F. T. Martins, R. F. Astudillo, From softmax to sparsemax (2016).",
            range="[0, 1]",
            rowwise=True,
            keeps_order=True,
            inplace=sparsemax,
            onnx=onnx,
        )
    ]
