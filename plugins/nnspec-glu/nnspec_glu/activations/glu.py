"""glu: the gated linear unit.

    f(value, gate) = value·σ(gate)

Examples:
    >>> glu([[2.0, 4.0, 0.0, 1.0]]).round(8)
    array([[1.        , 2.92423431]])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics.far import far_sigmoid, product
from nnspec.numerics.sigmoid import sigmoid_single
from nnspec_glu.halves import GATE, gated, width

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def _glu(value: NDArray[Any], gate: NDArray[Any]) -> NDArray[Any]:
    share, m = far_sigmoid(gate)
    return product(value, share, m, np.where(np.isneginf(gate), 0.0, share[0]))


def _glu_single(value: NDArray[Any], gate: NDArray[Any]) -> NDArray[Any]:
    result: NDArray[Any] = value * np.where(np.isneginf(gate), 0.0, sigmoid_single(gate))
    return result


def glu(x: ArrayLike, *, gate: str = "last") -> NDArray[Any]:
    """Give value·σ(gate), to 1.5 ulp."""
    return gated(_glu, x, gate, single=_glu_single)


ACTIVATION = nnspec.Activation(
    "glu",
    glu,
    parameters={"gate": GATE},
    summary="Half of the features decides how much of the other half passes.",
    formula="value·σ(gate)",
    source="Y. N. Dauphin et al., Language modeling with gated convolutional networks (2017).",
    range="(−∞, ∞)",
    width=width,
    rowwise=True,
    elsewhere={
        "PyTorch, Keras, JAX": "glu along any axis; the gate is the last half",
        "timm": "GluMlp, with gate_last",
    },
)
