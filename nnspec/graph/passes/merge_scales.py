"""A scale after a scale is one scale.

    y = ((x - c1) * s1 + t1 - c2) * s2 + t2
      = (x - c1) * (s1 * s2) + ((t1 - c2) * s2 + t2)

The first center stays where it is, so that x - c1 is still exact where x is near c1: nothing is
lost, whatever the sizes of the numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.graph.rewrite import fuse
from nnspec.graph.rounding import rounded, term, wide
from nnspec.ops.scale import SCALE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.graph.ir import Graph, Node
    from nnspec.graph.note import Note


def run(graph: Graph) -> tuple[Graph, list[Note]]:
    """Merge every scale into a scale before it."""
    return fuse(graph, "merge_scales", (SCALE, SCALE), SCALE, _fold)


def _fold(first: Node, second: Node, dtype: str) -> dict[str, NDArray[Any]]:
    s1, t1 = wide(first, "scale", 1.0), wide(first, "shift", 0.0)
    c2, s2, t2 = (wide(second, *d) for d in (("center", 0.0), ("scale", 1.0), ("shift", 0.0)))
    with np.errstate(all="ignore"):
        scale, shift = s1 * s2, (t1 - c2) * s2 + t2
    arrays = {
        "scale": rounded("scale", np.asarray(scale), dtype, s1 * (s2 != 0.0)),
        **term("shift", np.asarray(shift), dtype),
    }
    center = {"center": first.arrays["center"]} if "center" in first.arrays else {}
    return {**center, **arrays}
