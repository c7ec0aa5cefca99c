"""sparsemax: the nearest point of the simplex.

    f(x)ᵢ = max(xᵢ − τ, 0), with τ such that Σᵢ f(x)ᵢ = 1

Unlike softmax it gives true zeros.

Examples:
    >>> sparsemax([[1.0, 0.8, -1.0]]).round(8)
    array([[0.6, 0.4, 0. ]])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nnspec
from nnspec.numerics import sparsemax as rows
from nnspec.numerics.rowwise import rowwise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray


def sparsemax(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return rowwise(rows.sparsemax, x, out)


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "sparsemax",
            sparsemax,
            summary="Turns a row of scores into probabilities, most of them zero.",
            formula="max(xᵢ − τ, 0), with τ such that Σᵢ f(x)ᵢ = 1",
            source="A. F. T. Martins, R. F. Astudillo, From softmax to sparsemax (2016).",
            range="[0, 1]",
            rowwise=True,
            keeps_order=True,
            inplace=sparsemax,
        )
    ]
