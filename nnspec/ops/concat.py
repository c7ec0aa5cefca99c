"""concat: two values side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.plugin.op import Op

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from nnspec.onnx_builder import OnnxBuilder


def size(sizes: Sequence[int], settings: Mapping[str, Any]) -> int:
    """Features out: those of both."""
    return sizes[0] + sizes[1]


def kernel(inputs: Sequence[NDArray[Any]], out: NDArray[Any]) -> None:
    """Copy both, the first on the left."""
    np.concatenate(inputs, axis=1, out=out)


def flops(sizes: Sequence[int], settings: Mapping[str, Any]) -> int:
    """No arithmetic."""
    return 0


def onnx(op: OnnxBuilder, inputs: Sequence[str]) -> str:
    """Give Concat along the features."""
    return op.Concat(*inputs, axis=1)


CONCAT = Op("concat", size, kernel, flops, onnx=onnx)
