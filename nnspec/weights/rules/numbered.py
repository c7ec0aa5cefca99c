"""The textbook's names: `W1`, `b1`, `W2`, `b2`, … by dense layer, matrices (in, out).

What belongs to no dense layer has our own name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.weights.patterns import expand
from nnspec.weights.rules import Proposal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.spec.parameters import Expected
    from nnspec.weights.rules import Shapes

PATTERNS = {"weight": "W{n}", "bias": "b{n}"}


def propose(expected: Sequence[Expected], shapes: Shapes) -> Proposal:
    """Number the dense layers from 1, the output layer last."""
    names = {
        array.name: expand(PATTERNS.get(array.parameter.name, array.name), array) or array.name
        for array in expected
    }
    return Proposal("W1, b1, W2, b2, …", names)
