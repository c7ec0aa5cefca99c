"""clip: min(max(x, low), high); NaN stays NaN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.ops.scale import size
from nnspec.plugin.op import Op

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray


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


CLIP = Op("clip", size, kernel, flops, in_place=True)
