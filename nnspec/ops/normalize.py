"""normalize: each row brought to mean 0 and variance 1, or to root mean square 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.plugin.op import Op

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray


def size(sizes: Sequence[int], settings: Mapping[str, Any]) -> int:
    """Features out: as many as go in."""
    return sizes[0]


def kernel(
    inputs: Sequence[NDArray[Any]], out: NDArray[Any], *, center: bool, epsilon: float
) -> None:
    """Compute (x - mean(x)) / sqrt(mean((x - mean(x))²) + epsilon) for each row.

    Without `center` the mean is taken as 0 (Zhang and Sennrich 2019, RMSNorm; with it Ba,
    Kiros and Hinton 2016, layer normalization). A float32 row is computed in float64 and
    rounded once, so that its squares cannot overflow.
    """
    x = inputs[0].astype(np.float64)
    if center:
        x -= x.mean(axis=-1, keepdims=True)
    # Scaled by its largest value, no square of a float64 overflows or vanishes either.
    top = np.abs(x).max(axis=-1, keepdims=True, initial=0.0)
    top = np.where((top > 0) & np.isfinite(top), top, 1.0)
    x /= top
    with np.errstate(under="ignore", over="ignore"):
        deviation = np.sqrt(np.square(x).mean(axis=-1, keepdims=True) + epsilon / top / top)
        out[...] = x / deviation


def flops(sizes: Sequence[int], settings: Mapping[str, Any]) -> int:
    """Per feature a square, an addition, a division; centring adds two."""
    return sizes[0] * (5 if settings["center"] else 3)


NORMALIZE = Op("normalize", size, kernel, flops, in_place=True)
