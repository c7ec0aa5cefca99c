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
from nnspec.numerics import scalar as numbers
from nnspec.numerics.far import far_sigmoid, product
from nnspec.numerics.sigmoid import sigmoid_single
from nnspec_glu.halves import GATE, gated, onnx_halves, value_and_gate, width

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _glu(value: NDArray[Any], gate: NDArray[Any]) -> NDArray[Any]:
    share, m = far_sigmoid(gate)
    return product(value, share, m, np.where(np.isneginf(gate), 0.0, share[0]))


def _glu_single(value: NDArray[Any], gate: NDArray[Any]) -> NDArray[Any]:
    share = sigmoid_single(np.clip(gate, -300.0, 300.0))  # ∞ times what is next to 0 is ∞
    result: NDArray[Any] = value * np.where(np.isneginf(gate), 0.0, share)
    return result


def glu(x: ArrayLike, *, gate: str = "last") -> NDArray[Any]:
    """Give value·σ(gate), to 1.5 ulp."""
    return gated(_glu, x, gate, single=_glu_single)


def onnx(op: OnnxBuilder, x: str, *, gate: str = "last") -> str:
    """Give it as Split, Sigmoid and Mul."""
    value, share = onnx_halves(op, x, gate)
    return op.Mul(value, op.Sigmoid(share))


def scalar(first: float, last: float, gate: str = "last") -> float:
    """Give it for one number of each half."""
    value, x = value_and_gate(first, last, gate)
    return value * (0.0 if x < -1e39 else numbers.sigmoid(x))  # 1e39 is infinite as a float32


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
    scalar=scalar,
    onnx=onnx,
    elsewhere={
        "PyTorch, Keras, JAX": "glu along any axis; the gate is the last half",
        "timm": "GluMlp, with gate_last",
    },
)
