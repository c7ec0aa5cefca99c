"""bilinear: a gated linear unit without a function at its gate.

    f(value, gate) = value·gate

Examples:
    >>> bilinear([[2.0, 4.0, -3.0, 0.5]])
    array([[-6.,  2.]])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec_glu.halves import GATE, gated, onnx_halves, width

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def bilinear(x: ArrayLike, *, gate: str = "last") -> NDArray[Any]:
    """Give the product of both halves, to 0.5 ulp; which is called the gate changes nothing."""
    return gated(np.multiply, x, gate)


def onnx(op: OnnxBuilder, x: str, *, gate: str = "last") -> str:
    """Give it as Split and Mul."""
    return op.Mul(*onnx_halves(op, x, gate))


def scalar(first: float, last: float, gate: str = "last") -> float:
    """Give it for one number of each half."""
    return first * last


ACTIVATION = nnspec.Activation(
    "bilinear",
    bilinear,
    parameters={"gate": GATE},
    summary="The product of both halves: what is left of a gated linear unit without a function.",
    formula="value·gate",
    source="A. Mnih, G. Hinton, Three new graphical models for statistical language modelling "
    "(2007); N. Shazeer, GLU variants improve transformer (2020).",
    range="(−∞, ∞)",
    width=width,
    rowwise=True,
    scalar=scalar,
    onnx=onnx,
)
