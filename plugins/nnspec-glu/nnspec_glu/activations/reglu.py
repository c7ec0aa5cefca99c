"""reglu: a gated linear unit whose gate is a rectifier.

    f(value, gate) = value·max(gate, 0)

Examples:
    >>> reglu([[2.0, 4.0, -3.0, 0.5]])
    array([[0., 2.]])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec_glu.halves import GATE, gated, onnx_halves, value_and_gate, width

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _reglu(value: NDArray[Any], gate: NDArray[Any]) -> NDArray[Any]:
    result: NDArray[Any] = value * np.where(gate < 0, 0.0, gate)
    return result


def reglu(x: ArrayLike, *, gate: str = "last") -> NDArray[Any]:
    """Give value·max(gate, 0), to 0.5 ulp."""
    return gated(_reglu, x, gate)


def onnx(op: OnnxBuilder, x: str, *, gate: str = "last") -> str:
    """Give it as Split, Relu and Mul."""
    value, gates = onnx_halves(op, x, gate)
    return op.Mul(value, op.Relu(gates))


def scalar(first: float, last: float, gate: str = "last") -> float:
    """Give it for one number of each half."""
    value, x = value_and_gate(first, last, gate)
    return value * (0.0 if x < 0.0 else x)


ACTIVATION = nnspec.Activation(
    "reglu",
    reglu,
    parameters={"gate": GATE},
    summary="A gated linear unit with a rectifier.",
    formula="value·max(gate, 0)",
    source="N. Shazeer, GLU variants improve transformer (2020).",
    range="(−∞, ∞)",
    width=width,
    rowwise=True,
    scalar=scalar,
    onnx=onnx,
)
