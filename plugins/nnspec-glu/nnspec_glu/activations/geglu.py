"""geglu: a gated linear unit whose gate is a gelu.

    none:  f(value, gate) = value·gate·Φ(gate)
    tanh:  f(value, gate) = value·gate·σ(2√(2/π)·(gate + 0.044715 gate³))

Examples:
    >>> geglu([[2.0, 4.0, 0.0, 1.0]]).round(8)
    array([[0.        , 3.36537898]])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.activations import gelu
from nnspec.numerics import scalar as numbers
from nnspec.numerics.far import far_normal_cdf, far_sigmoid, product
from nnspec.numerics.normal import normal_cdf_single
from nnspec.numerics.pair import add, multiply, two_product
from nnspec.numerics.sigmoid import sigmoid_single
from nnspec_glu.halves import GATE, gated, onnx_halves, value_and_gate, width
from nnspec_glu.linear import limit, linear_gate, scalar_limit

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder

SMALL = -35.0  # where Φ is 1e-268, a double still, and nothing for a float32 however multiplied


def _none(value: NDArray[Any], gate: NDArray[Any]) -> NDArray[Any]:
    share, m = far_normal_cdf(gate)
    return product(value, *linear_gate(gate, share, m), limit(gate, gate, share[0]))


def _none_single(value: NDArray[Any], gate: NDArray[Any]) -> NDArray[Any]:
    share = normal_cdf_single(np.maximum(gate, SMALL))
    result: NDArray[Any] = value * limit(gate, gate, share)
    return result


def _tanh(value: NDArray[Any], gate: NDArray[Any]) -> NDArray[Any]:
    near = np.clip(gate, -60.0, 60.0)
    factor = multiply(gelu.SLOPE, add(multiply(gelu.CUBIC, two_product(near, near)), 1.0))
    share, m = far_sigmoid(*multiply(factor, (near, 0.0)))
    return product(value, *linear_gate(gate, share, m), limit(gate, gate, share[0]))


def _tanh_single(value: NDArray[Any], gate: NDArray[Any]) -> NDArray[Any]:
    near = np.clip(gate, -60.0, 60.0)
    share = sigmoid_single(gelu.SLOPE[0] * (near + gelu.CUBIC[0] * near * near * near))
    result: NDArray[Any] = value * limit(gate, gate, share)
    return result


DOUBLE = {"none": _none, "tanh": _tanh}
SINGLE = {"none": _none_single, "tanh": _tanh_single}


def geglu(x: ArrayLike, *, gate: str = "last", approximate: str = "none") -> NDArray[Any]:
    """Give value·gelu(gate), to 1.5 ulp."""
    return gated(DOUBLE[approximate], x, gate, single=SINGLE[approximate])


def onnx(op: OnnxBuilder, x: str, *, gate: str = "last", approximate: str = "none") -> str:
    """Give it as Split, Mul and what the built-in gelu is."""
    value, gates = onnx_halves(op, x, gate)
    return op.Mul(value, gelu.onnx(op, gates, approximate=approximate))


def scalar(first: float, last: float, gate: str = "last", approximate: str = "none") -> float:
    """Give it for one number of each half."""
    value, x = value_and_gate(first, last, gate)
    if approximate == "tanh":
        near = numbers.clamped(x, -60.0, 60.0)
        z = gelu.SLOPE[0] * (near + gelu.CUBIC[0] * near * near * near)
        return value * scalar_limit(x, x, numbers.sigmoid(z))
    near = SMALL if x < SMALL else x
    return value * scalar_limit(x, x, numbers.normal_cdf(near))


ACTIVATION = nnspec.Activation(
    "geglu",
    geglu,
    parameters={
        "gate": GATE,
        "approximate": {
            "type": "string",
            "title": "Form of the gelu",
            "description": "none is x·Φ(x); tanh its approximation, off by at most 4.8e-4.",
            "enum": ["none", "tanh"],
            "default": "none",
        },
    },
    summary="A gated linear unit with a gelu: T5 1.1, Gemma, diffusion models.",
    formula="value·gelu(gate)",
    source="N. Shazeer, GLU variants improve transformer (2020).",
    range="(−∞, ∞)",
    width=width,
    rowwise=True,
    scalar=scalar,
    onnx=onnx,
    varying=("approximate",),
    elsewhere={
        "Hugging Face": "T5 (gated-gelu) and Gemma have two layers and the tanh form; diffusers' "
        "GEGLU is exact, with the gate last",
    },
)
