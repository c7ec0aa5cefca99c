"""scale: (x - center) * scale + shift, each number per feature or one for all."""

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
    for name, array in settings.items():
        if array.shape not in {(), (sizes[0],)}:
            raise ValueError(f"{name} of shape {array.shape} beside {sizes[0]} features")
    return sizes[0]


def kernel(
    inputs: Sequence[NDArray[Any]],
    out: NDArray[Any],
    *,
    center: NDArray[Any] | None = None,
    scale: NDArray[Any] | None = None,
    shift: NDArray[Any] | None = None,
) -> None:
    """Compute (x - center) * scale + shift, leaving out what is not given."""
    x = inputs[0]
    if center is not None:
        x = np.subtract(x, center, out=out)
    if scale is not None:
        x = np.multiply(x, scale, out=out)
    if shift is not None:
        x = np.add(x, shift, out=out)
    if x is not out:
        out[...] = x


def flops(sizes: Sequence[int], settings: Mapping[str, Any]) -> int:
    """One operation a feature for each of center, scale and shift."""
    return sizes[0] * len(settings)


def onnx(
    op: OnnxBuilder,
    inputs: Sequence[str],
    *,
    center: NDArray[Any] | None = None,
    scale: NDArray[Any] | None = None,
    shift: NDArray[Any] | None = None,
) -> str:
    """Give Sub, Mul and Add, leaving out what is not given."""
    (x,) = inputs
    if center is not None:
        x = op.Sub(x, op.constant(center))
    if scale is not None:
        x = op.Mul(x, op.constant(scale))
    return x if shift is None else op.Add(x, op.constant(shift))


SCALE = Op("scale", size, kernel, flops, in_place=True, linear=True, onnx=onnx)
