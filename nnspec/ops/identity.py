"""identity: the value as it is; what dropout does at inference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nnspec.plugin.op import Op

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from nnspec.onnx_builder import OnnxBuilder


def size(sizes: Sequence[int], settings: Mapping[str, Any]) -> int:
    """Features out: as many as go in."""
    return sizes[0]


def kernel(inputs: Sequence[NDArray[Any]], out: NDArray[Any]) -> None:
    """Copy."""
    out[...] = inputs[0]


def flops(sizes: Sequence[int], settings: Mapping[str, Any]) -> int:
    """No arithmetic."""
    return 0


def onnx(op: OnnxBuilder, inputs: Sequence[str]) -> str:
    """Give the input itself: there is nothing to compute."""
    return inputs[0]


IDENTITY = Op("identity", size, kernel, flops, in_place=True, linear=True, onnx=onnx)
