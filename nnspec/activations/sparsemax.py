"""sparsemax: the nearest point of the simplex.

    f(x)ᵢ = max(xᵢ − τ, 0), with τ such that Σᵢ f(x)ᵢ = 1

Unlike softmax it gives true zeros.

Examples:
    >>> sparsemax([[1.0, 0.8, -1.0]]).round(8)
    array([[0.6, 0.4, 0. ]])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import scalar as numbers
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


def scalar(x: NDArray[Any], out: NDArray[Any]) -> None:
    """τ rises from −1: what is not above it leaves the support, and it is found anew."""
    top = np.float64(numbers.largest(x))
    for k in range(x.size):
        out[k] = x[k]
    tau, size = -1.0, 0.0
    for _ in range(out.size):
        total, inside = 0.0, 0.0
        for k in range(out.size):
            below = _below(out[k], top)
            total = numbers.added(total, 0.0 if below <= tau else below)
            inside = numbers.added(inside, 0.0 if below <= tau else 1.0)
        if inside == size:
            break
        tau, size = (total - 1.0) / inside, inside
    for k in range(out.size):
        below = _below(out[k], top)
        out[k] = 0.0 if below <= tau else below - tau


def _below(x: float, top: float) -> float:
    return 0.0 if x == top else np.float64(x) - top


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
            scalar=scalar,
            onnx=onnx,
        )
    ]
