"""affine: x @ weight + bias, the product that everything else folds into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.plugin.op import Op

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from nnspec.onnx_builder import OnnxBuilder


def size(sizes: Sequence[int], settings: Mapping[str, Any]) -> int:
    """Features out: the columns of the weight, whose rows are the features in."""
    rows, columns = settings["weight"].shape
    if rows != sizes[0]:
        raise ValueError(f"a weight of shape ({rows}, {columns}) cannot take {sizes[0]} features")
    if "bias" in settings and settings["bias"].shape != (columns,):
        raise ValueError(f"a bias of shape {settings['bias'].shape} beside {columns} columns")
    return int(columns)


def kernel(
    inputs: Sequence[NDArray[Any]],
    out: NDArray[Any],
    *,
    weight: NDArray[Any],
    bias: NDArray[Any] | None = None,
) -> None:
    """Compute (rows, in) @ (in, out) + (out,)."""
    np.matmul(inputs[0], weight, out=out)
    if bias is not None:
        out += bias


def flops(sizes: Sequence[int], settings: Mapping[str, Any]) -> int:
    """One multiplication and one addition a weight, one addition a bias."""
    columns = int(settings["weight"].shape[1])
    return 2 * sizes[0] * columns + ("bias" in settings) * columns


def onnx(
    op: OnnxBuilder,
    inputs: Sequence[str],
    *,
    weight: NDArray[Any],
    bias: NDArray[Any] | None = None,
) -> str:
    """Give Gemm, whose third input may be left out."""
    operands = [op.constant(array) for array in (weight, bias) if array is not None]
    return op.Gemm(*inputs, *operands)


AFFINE = Op("affine", size, kernel, flops, linear=True, onnx=onnx)
