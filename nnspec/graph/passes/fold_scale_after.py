"""A scale after a product goes into the product: batchnorm, affine, denormalize.

    y = (x @ W + b - c) * s + t
      = x @ (W * s) + ((b - c) * s + t)

Each column of W is multiplied by its number, so every term of the sum keeps its relative error,
and b - c is taken in float64: the folded form is never worse than the raw one by more than a
rounding of each weight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.graph.rewrite import fuse
from nnspec.graph.rounding import rounded, term, wide
from nnspec.ops.affine import AFFINE
from nnspec.ops.scale import SCALE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.graph.ir import Graph, Node
    from nnspec.graph.note import Note


def run(graph: Graph) -> tuple[Graph, list[Note]]:
    """Fold every scale into a product before it."""
    return fuse(graph, "fold_scale_after", (AFFINE, SCALE), AFFINE, _fold)


def _fold(first: Node, second: Node, dtype: str) -> dict[str, NDArray[Any]]:
    W, b = wide(first, "weight", 1.0), wide(first, "bias", 0.0)
    c, s, t = (wide(second, *d) for d in (("center", 0.0), ("scale", 1.0), ("shift", 0.0)))
    with np.errstate(all="ignore"):
        weight, bias = W * s, (b - c) * s + t
    return {
        "weight": rounded("weight", weight, dtype, W * (s != 0.0)),
        **term("bias", np.broadcast_to(bias, W.shape[1]), dtype),
    }
