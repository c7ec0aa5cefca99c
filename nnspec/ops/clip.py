"""clip: min(max(x, low), high); NaN stays NaN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.ops.scale import size
from nnspec.plugin.op import Op

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from nnspec.onnx_builder import OnnxBuilder


def kernel(
    inputs: Sequence[NDArray[Any]],
    out: NDArray[Any],
    *,
    low: NDArray[Any] | None = None,
    high: NDArray[Any] | None = None,
) -> None:
    """Compute max with `low`, then min with `high`, leaving out what is not given."""
    np.clip(inputs[0], low, high, out=out)


def flops(sizes: Sequence[int], settings: Mapping[str, Any]) -> int:
    """One comparison a feature for each bound."""
    return sizes[0] * len(settings)


def onnx(
    op: OnnxBuilder,
    inputs: Sequence[str],
    *,
    low: NDArray[Any] | None = None,
    high: NDArray[Any] | None = None,
) -> str:
    """Give Max and Min: the bounds of Clip are one number for all features."""
    (x,) = inputs
    if low is not None:
        x = op.Max(x, op.constant(low))
    return x if high is None else op.Min(x, op.constant(high))


CLIP = Op("clip", size, kernel, flops, in_place=True, onnx=onnx)
