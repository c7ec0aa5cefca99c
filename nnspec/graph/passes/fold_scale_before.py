"""A scale before a product goes into the product: normalize, and batchnorm after an activation.

    y = ((x - c) * s + t) @ W + b
      = x @ (diag(s) @ W) + (b + (t - c * s) @ W)

The raw form takes x - c first, which is exact where x is near c. The folded form sums x * s * W
and only then takes c * s * W away: where x is about c, the terms of that sum are |c * s| times
those of the raw one, which are about 1 after a normalization, and so are their roundings. That
costs log2 |c * s| bits; a feature of mean 1000 and deviation 0.1 would lose 13 of a float32's
24. A fold that would lose more than three bits in any feature (|c * s| > 8) is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.graph.rewrite import RefusedError, fuse
from nnspec.graph.rounding import rounded, term, wide
from nnspec.ops.affine import AFFINE
from nnspec.ops.scale import SCALE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.graph.ir import Graph, Node
    from nnspec.graph.note import Note

BOUND = 8.0


def run(graph: Graph) -> tuple[Graph, list[Note]]:
    """Fold every scale into a product after it."""
    return fuse(graph, "fold_scale_before", (SCALE, AFFINE), AFFINE, _fold)


def _fold(first: Node, second: Node, dtype: str) -> dict[str, NDArray[Any]]:
    W, b = wide(second, "weight", 1.0), wide(second, "bias", 0.0)
    c, s, t = (
        np.broadcast_to(wide(first, *d), W.shape[0])
        for d in (("center", 0.0), ("scale", 1.0), ("shift", 0.0))
    )
    with np.errstate(all="ignore"):
        lost = np.abs(c * s)
        if not lost.max() <= BOUND:
            worst = int(np.argmax(lost))
            raise RefusedError(
                f"|center * scale| of feature {worst} is {lost[worst]:.2g}, and the fold would "
                f"lose {np.log2(lost[worst]):.0f} bits"
            )
        weight, bias = s[:, np.newaxis] * W, b + (t - c * s) @ W
    return {
        "weight": rounded("weight", weight, dtype, W * (s != 0.0)[:, np.newaxis]),
        **term("bias", bias, dtype),
    }
