"""y = x: a step that gives back what it is given is left out.

identity(x) = x                                     (dropout at inference)
activate(x, identity) = x
scale(x) = (x - 0) * 1 + 0 = x                      (center 0, scale 1, shift 0, or absent)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.graph.rewrite import skip
from nnspec.ops.activate import ACTIVATE
from nnspec.ops.identity import IDENTITY
from nnspec.ops.scale import SCALE

if TYPE_CHECKING:
    from nnspec.graph.ir import Graph, Node
    from nnspec.graph.note import Note

NEUTRAL = {"center": 0.0, "scale": 1.0, "shift": 0.0}


def run(graph: Graph) -> tuple[Graph, list[Note]]:
    """Leave out every node that changes nothing."""
    return skip(graph, _unneeded, "drop_identity")


def _unneeded(node: Node) -> str | None:
    if node.op is IDENTITY:
        return f"{node.origin} is the identity at inference"
    if node.op is ACTIVATE and node.attributes["activation"].name == "identity":
        return "its activation is the identity"
    if node.op is SCALE and all((a == NEUTRAL[name]).all() for name, a in node.arrays.items()):
        return "it multiplies by 1 and adds 0"
    return None
