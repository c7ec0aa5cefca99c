"""A product after a product is one product: a deep linear network equals one without layers.

    y = (x @ W1 + b1) @ W2 + b2
      = x @ (W1 @ W2) + (b1 @ W2 + b2)

Done where it does not add work: with W1 (in, mid) and W2 (mid, out), in * out multiplications
take the place of in * mid + mid * out. A narrow middle, as in a low-rank factorization, stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.graph.rewrite import RefusedError, fuse
from nnspec.graph.rounding import rounded, term, wide
from nnspec.ops.affine import AFFINE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.graph.ir import Graph, Node
    from nnspec.graph.note import Note


def run(graph: Graph) -> tuple[Graph, list[Note]]:
    """Collapse every product into a product before it."""
    return fuse(graph, "collapse_affine", (AFFINE, AFFINE), AFFINE, _fold)


def _fold(first: Node, second: Node, dtype: str) -> dict[str, NDArray[Any]]:
    (size_in, size_mid), size_out = first.arrays["weight"].shape, second.output.size
    one, two = size_in * size_out, size_in * size_mid + size_mid * size_out
    if one > two:
        raise RefusedError(
            f"one product would take {one} multiplications a row, the two take {two}"
        )
    W1, b1 = wide(first, "weight", 1.0), wide(first, "bias", 0.0)
    W2, b2 = wide(second, "weight", 1.0), wide(second, "bias", 0.0)
    with np.errstate(all="ignore"):
        weight, bias = W1 @ W2, np.broadcast_to(b1, size_mid) @ W2 + b2
    return {
        "weight": rounded("weight", weight, dtype, (weight != 0.0).astype(dtype)),
        **term("bias", bias, dtype),
    }
