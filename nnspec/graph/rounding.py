"""Folded arrays: computed in float64, rounded once, and refused where digits would be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.graph.rewrite import RefusedError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.graph.ir import Node


def wide(node: Node, name: str, default: float) -> NDArray[Any]:
    """Give a node's array in float64; `default` where the node has none."""
    return np.asarray(node.arrays.get(name, default), dtype=np.float64)


def rounded(
    name: str, exact: NDArray[Any], dtype: str, before: NDArray[Any] | None = None
) -> NDArray[Any]:
    """Round a folded array to the graph's dtype.

    Args:
        name: the array, for the message.
        exact: what was folded, in float64.
        dtype: what it is rounded to.
        before: for factors: the numbers that they were folded from, 0 where 0 is the right
            result. A term of a sum may vanish beside the others; a factor may not.

    Raises:
        RefusedError: a number is not finite, or a factor that had all its digits has become
            subnormal, where it has fewer.
    """
    with np.errstate(all="ignore"):
        array = exact.astype(dtype)
    if not np.isfinite(array).all():
        raise RefusedError(f"the folded {name} would hold a number that is not finite")
    smallest = np.finfo(dtype).smallest_normal
    if before is not None and np.any((np.abs(exact) < smallest) & (np.abs(before) >= smallest)):
        raise RefusedError(f"the folded {name} would underflow and lose digits")
    array.flags.writeable = False
    return array


def term(name: str, exact: NDArray[Any], dtype: str) -> dict[str, NDArray[Any]]:
    """Round a folded bias or shift; one that is 0 everywhere is left out."""
    return {name: rounded(name, exact, dtype)} if exact.any() else {}
