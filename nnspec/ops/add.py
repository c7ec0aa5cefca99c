"""add: two values of one size, feature by feature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.plugin.op import Op

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from nnspec.onnx_builder import OnnxBuilder


def size(sizes: Sequence[int], settings: Mapping[str, Any]) -> int:
    """Features out: as many as go in on either side."""
    if sizes[0] != sizes[1]:
        raise ValueError(f"{sizes[0]} features cannot be added to {sizes[1]}")
    return sizes[0]


def kernel(inputs: Sequence[NDArray[Any]], out: NDArray[Any]) -> None:
    """Compute the sum."""
    np.add(inputs[0], inputs[1], out=out)


def flops(sizes: Sequence[int], settings: Mapping[str, Any]) -> int:
    """One addition a feature."""
    return sizes[0]


def onnx(op: OnnxBuilder, inputs: Sequence[str]) -> str:
    """Give Add."""
    return op.Add(*inputs)


ADD = Op("add", size, kernel, flops, in_place=True, onnx=onnx)
