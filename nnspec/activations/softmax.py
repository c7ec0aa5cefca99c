"""softmax: the probabilities of classes, by rows.

    f(x)ᵢ = exp(xᵢ) / Σⱼ exp(xⱼ), computed with the largest x of the row taken off first

A row whose largest value is ∞ gives its limit, equal shares for all that are ∞; so a row of
nothing but −∞ is uniform. A NaN makes its own row NaN and no other.

Examples:
    >>> softmax([[0.3, 2.9, 4.0], [1e4, 1e4, 0.0]]).round(8)
    array([[0.01821127, 0.24519181, 0.73659691],
           [0.5       , 0.5       , 0.        ]])
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import scalar as numbers
from nnspec.numerics import softmax as rows
from nnspec.numerics.rowwise import rowwise
from nnspec.numerics.scalar import clamped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def softmax(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return rowwise(rows.softmax, x, out, single=rows.softmax_single)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.Softmax(x, axis=-1)


def scalar(x: NDArray[Any], out: NDArray[Any]) -> None:
    """The exponentials, kept in `out`, are added up in two parts, of which the first is exact."""
    top = np.float64(numbers.largest(x))
    for k in range(x.size):
        out[k] = x[k]
    for k in range(out.size):  # of one array, so that a compiler knows that nothing overlaps
        out[k] = _term(np.float64(out[k]), top)
    total = rest = 0.0
    for k in range(out.size):
        term = np.float64(out[k])
        part = (term + 6144.0) - 6144.0  # a multiple of 2^-40
        total = numbers.added(total, part)
        rest = numbers.added(rest, term - part)
    total += rest
    for k in range(out.size):
        out[k] = np.float64(out[k]) / total


def _term(x: float, top: float) -> float:
    high = x - top
    back = high - x
    low = (x - (high - back)) - (top + back)  # what rounding took off, which exp multiplies by
    e = math.exp(0.0 if x == top else clamped(high, -1000.0, 0.0))
    return e + e * (low if high > -1000.0 else 0.0)


def scalar_float32(x: NDArray[Any], out: NDArray[Any]) -> None:
    """In double precision, but for the exponentials, which are kept in `out`."""
    top = numbers.largest(x)
    for k in range(x.size):
        out[k] = x[k]
    for k in range(out.size):
        value = out[k]
        out[k] = math.exp(0.0 if value == top else np.float64(value) - np.float64(top))
    total = 0.0
    for k in range(out.size):
        total = numbers.added(total, np.float64(out[k]))
    share = np.float64(1.0) / total
    for k in range(out.size):
        out[k] = np.float64(out[k]) * share


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "softmax",
            softmax,
            summary="Turns a row of scores into probabilities that add up to one.",
            formula="exp(xᵢ) / Σⱼ exp(xⱼ)",
            source="J. S. Bridle, Probabilistic interpretation of feedforward classification "
            "network outputs (1990); all frameworks.",
            range="[0, 1]",
            rowwise=True,
            keeps_order=True,
            inplace=softmax,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
            elsewhere={
                "ONNX": "before opset 13 along axis 1, with all later axes flattened into it",
                "thinc": "takes a temperature",
            },
        )
    ]
