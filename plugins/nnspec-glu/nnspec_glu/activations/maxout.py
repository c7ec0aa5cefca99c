"""maxout: the largest of every few features.

    f(x)ⱼ = max(xⱼₚ, xⱼₚ₊₁, …, xⱼₚ₊ₚ₋₁), with p pieces

The pieces of an output stand side by side: a row of out·p features is read as (out, p).

Examples:
    >>> maxout([[1.0, 5.0, -2.0, -3.0]], pieces=2)
    array([[ 5., -2.]])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nnspec
from nnspec.numerics.elementwise import floating

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def width(size: int, *, pieces: int = 2) -> int:
    """Give the number of groups.

    Raises:
        ValueError: the features do not fill them.
    """
    if size % pieces:
        raise ValueError(f"{size} features cannot be grouped by {pieces} pieces")
    return size // pieces


def maxout(x: ArrayLike, *, pieces: int = 2) -> NDArray[Any]:
    """Give the largest of each group, exactly; a zero is +0, and a NaN makes its group NaN."""
    x = floating(x)
    groups = width(x.shape[-1] if x.ndim else 1, pieces=pieces)
    largest = x.reshape(*x.shape[:-1], groups, pieces).max(axis=-1)
    result: NDArray[Any] = largest + 0.0  # which zero is the larger depends on the machine
    return result


ACTIVATION = nnspec.Activation(
    "maxout",
    maxout,
    parameters={
        "pieces": {
            "type": "integer",
            "title": "Pieces",
            "description": "How many features, side by side, make one.",
            "minimum": 2,
            "default": 2,
        },
    },
    summary="A convex function that is learned, from straight pieces.",
    formula="max of every p features, side by side",
    source="I. J. Goodfellow et al., Maxout networks (2013).",
    range="(−∞, ∞)",
    width=width,
    rowwise=True,
    varying=("pieces",),
    elsewhere={
        "thinc": "Maxout has nP=3 pieces, side by side as here",
        "PaddlePaddle": "maxout calls them groups, side by side as here",
        "TensorFlow Addons": "Maxout takes the number of outputs; the pieces of one lie that far "
        "apart, so that its columns have to be reordered",
        "Echo": "pool_size=1 by default",
    },
)
