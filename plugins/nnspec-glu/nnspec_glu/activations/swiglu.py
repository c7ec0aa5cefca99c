"""swiglu: a gated linear unit whose gate is a silu.

    f(value, gate) = value·gate·σ(β·gate)

Examples:
    >>> swiglu([[2.0, 4.0, 0.0, 1.0]]).round(8)
    array([[0.        , 2.92423431]])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import scalar as numbers
from nnspec.numerics.far import far_sigmoid, product
from nnspec.numerics.pair import times
from nnspec.numerics.sigmoid import sigmoid_single
from nnspec_glu.halves import GATE, gated, onnx_halves, value_and_gate, width
from nnspec_glu.linear import limit, linear_gate, scalar_limit

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _swiglu(value: NDArray[Any], gate: NDArray[Any], beta: float) -> NDArray[Any]:
    z, dz = times(gate, beta)
    share, m = far_sigmoid(z, dz)
    return product(value, *linear_gate(gate, share, m), limit(gate, z, share[0]))


def _swiglu_single(value: NDArray[Any], gate: NDArray[Any], beta: float) -> NDArray[Any]:
    z = beta * np.clip(gate, -1e39, 1e39)
    result: NDArray[Any] = value * limit(gate, z, sigmoid_single(np.clip(z, -300.0, 300.0)))
    return result


def swiglu(x: ArrayLike, *, gate: str = "last", beta: float = 1.0) -> NDArray[Any]:
    """Give value·gate·σ(β·gate), to 1.5 ulp."""
    return gated(_swiglu, x, gate, single=_swiglu_single, beta=beta)


def onnx(op: OnnxBuilder, x: str, *, gate: str = "last", beta: float = 1.0) -> str:
    """Give it without SwiGLU, whose alpha is a float32 and whose opset is new."""
    value, gates = onnx_halves(op, x, gate)
    share = op.Sigmoid(op.Mul(gates, op.constant(beta)))
    return op.Mul(value, op.Mul(gates, share))


def scalar(first: float, last: float, gate: str = "last", beta: float = 1.0) -> float:
    """Give it for one number of each half."""
    value, x = value_and_gate(first, last, gate)
    z = beta * numbers.clamped(x, -1e39, 1e39)  # 1e39 is infinite as a float32
    return value * scalar_limit(x, z, numbers.sigmoid(z))


ACTIVATION = nnspec.Activation(
    "swiglu",
    swiglu,
    parameters={
        "gate": GATE,
        "beta": {
            "type": "number",
            "title": "β",
            "description": "How steep the gate is: 0 halves it, ∞ makes a reglu.",
            "default": 1.0,
        },
    },
    summary="A gated linear unit with a silu: LLaMA, PaLM, Mistral, DINOv2.",
    formula="value·gate·σ(β·gate)",
    source="N. Shazeer, GLU variants improve transformer (2020).",
    range="(−∞, ∞)",
    width=width,
    rowwise=True,
    scalar=scalar,
    onnx=onnx,
    varying=("gate",),
    elsewhere={
        "ONNX": "SwiGLU(A, B) from opset 28: A is the gate, alpha=1 is β",
        "Hugging Face": "two layers, gate_proj and up_proj; where they are one, gate_up_proj, the "
        "gate is first",
        "timm": "SwiGLU has two layers, SwiGLUPacked the gate first",
        "MindSpore": "swiglu has the gate first",
    },
)
