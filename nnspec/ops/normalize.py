"""normalize: each row brought to mean 0 and variance 1, or to root mean square 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.plugin.op import Op

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from nnspec.onnx_builder import OnnxBuilder


def size(sizes: Sequence[int], settings: Mapping[str, Any]) -> int:
    """Features out: as many as go in."""
    return sizes[0]


def kernel(
    inputs: Sequence[NDArray[Any]], out: NDArray[Any], *, center: bool, epsilon: float
) -> None:
    """Compute (x - mean(x)) / sqrt(mean((x - mean(x))²) + epsilon) for each row.

    Without `center` the mean is taken as 0 (Zhang and Sennrich 2019, RMSNorm; with it Ba,
    Kiros and Hinton 2016, layer normalization). All is computed in float64 and rounded once.
    """
    x = inputs[0].astype(np.float64)
    # Brought by a power of 2, which rounds nothing, to where no sum or square overflows, and
    # none vanishes beside epsilon.
    top = np.abs(x).max(axis=-1, keepdims=True)
    exponent = np.maximum(np.frexp(top)[1], np.frexp(np.sqrt(epsilon))[1])
    x = np.ldexp(x, -exponent)
    if center:
        x -= x.mean(axis=-1, keepdims=True)
        if out.dtype == np.float64:  # the mean itself was rounded; what is left of it goes too
            x -= x.mean(axis=-1, keepdims=True)
    variance = np.square(x).mean(axis=-1, keepdims=True) + np.ldexp(epsilon, -2 * exponent)
    variance[variance == 0.0] = 1.0  # a constant row of numbers so large that epsilon vanished
    np.divide(x, np.sqrt(variance), out=out, casting="same_kind")


def flops(sizes: Sequence[int], settings: Mapping[str, Any]) -> int:
    """Per feature a square, an addition, a division; centring adds two."""
    return sizes[0] * (5 if settings["center"] else 3)


def onnx(op: OnnxBuilder, inputs: Sequence[str], *, center: bool, epsilon: float) -> str:
    """Give the formula, computed in the graph's dtype.

    LayerNormalization would be one operator, but its epsilon is an attribute, and so a float32.
    """
    (x,) = inputs
    axis = op.Constant(value_ints=[-1])
    if center:
        x = op.Sub(x, op.ReduceMean(x, axis))
    variance = op.ReduceMean(op.Mul(x, x), axis)
    return op.Div(x, op.Sqrt(op.Add(variance, op.constant(epsilon))))


NORMALIZE = Op("normalize", size, kernel, flops, in_place=True, onnx=onnx)
