"""log_softmax: the logarithm of softmax.

    f(x)ᵢ = xᵢ − log Σⱼ exp(xⱼ)

Where one class is all but certain, the small logarithm of its probability keeps its digits.

Examples:
    >>> log_softmax([[0.3, 2.9, 4.0], [0.0, -1e4, 1e4]]).round(8)
    array([[-4.00571446e+00, -1.40571446e+00, -3.05714460e-01],
           [-1.00000000e+04, -2.00000000e+04,  0.00000000e+00]])
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import log_softmax as rows
from nnspec.numerics import scalar as numbers
from nnspec.numerics.rowwise import rowwise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def log_softmax(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return rowwise(rows.log_softmax, x, out, single=rows.log_softmax_single)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.LogSoftmax(x, axis=-1)


def scalar(x: NDArray[Any], out: NDArray[Any]) -> None:
    """As log1p of the sum of all exponentials but the largest, which is 1."""
    top = np.float64(numbers.largest(x))
    for k in range(x.size):
        out[k] = x[k]
    others, largest = 0.0, 0.0
    for k in range(out.size):  # of one array, so that a compiler knows that nothing overlaps
        value = np.float64(out[k])
        others = numbers.added(others, 0.0 if value == top else math.exp(value - top))
        largest = numbers.added(largest, 1.0 if value == top else 0.0)
    log = math.log1p(others + (largest - 1.0))
    for k in range(out.size):
        value = np.float64(out[k])
        out[k] = (0.0 if value == top else value - top) - log


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "log_softmax",
            log_softmax,
            aliases=("logsoftmax",),
            summary="The log-probabilities of classes, as losses want them.",
            formula="xᵢ − log Σⱼ exp(xⱼ)",
            source="torch.nn.LogSoftmax, keras.activations.log_softmax, ONNX LogSoftmax.",
            range="(−∞, 0]",
            rowwise=True,
            keeps_order=True,
            inplace=log_softmax,
            scalar=scalar,
            onnx=onnx,
            elsewhere={
                "ONNX": "before opset 13 along axis 1, with all later axes flattened into it"
            },
        )
    ]
