"""Keras weights: `dense/kernel`, `dense/bias`, `dense_1/kernel`, …, matrices (in, out).

Older files end every name in ":0". Source: the variables of keras.layers.Dense,
BatchNormalization and LayerNormalization.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.weights.modules import assign, modules
from nnspec.weights.rules import Proposal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.spec.parameters import Expected
    from nnspec.weights.rules import Shapes

PARTS = {
    "weight": "kernel",
    "bias": "bias",
    "gamma": "gamma",
    "beta": "beta",
    "mean": "moving_mean",
    "variance": "moving_variance",
    "activation.alpha": "alpha",
}


def propose(expected: Sequence[Expected], shapes: Shapes) -> Proposal:
    """Pair the layers of the file with ours, each kind in the order of its numbers."""
    return Proposal("Keras weights", assign(expected, modules(shapes, "/", PARTS), PARTS))
