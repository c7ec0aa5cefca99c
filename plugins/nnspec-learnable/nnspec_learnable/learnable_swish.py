"""learnable_swish: a swish that learns how steep its gate is.

    f(x) = x·σ(β·x)

Examples:
    >>> learnable_swish([[1.0, 1.0]], beta=[1.0, 1.702]).round(8)
    array([[0.73105858, 0.84579577]])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import scalar as numbers
from nnspec.numerics.pair import times
from nnspec.numerics.per_unit import per_unit
from nnspec.numerics.sigmoid import gate, gate_single, sigmoid

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from nnspec.numerics.pair import Number
    from nnspec.onnx_builder import OnnxBuilder


def _swish(x: NDArray[Any], beta: Number) -> NDArray[Any]:
    return gate(x, *times(x, beta))


def _swish_single(x: NDArray[Any], beta: Number) -> NDArray[Any]:
    near = np.clip(x, -1e39, 1e39)  # 1e39 is infinite as a float32
    return gate_single(near, beta * near)


def _slope(x: NDArray[Any], beta: Number) -> NDArray[Any]:
    z = np.clip(times(x, beta)[0], -800.0, 800.0)
    return sigmoid(z, times=1.0 + z * sigmoid(-z))


def learnable_swish(
    x: ArrayLike, out: NDArray[Any] | None = None, *, beta: ArrayLike
) -> NDArray[Any]:
    """Give x·σ(β·x), to 1.5 ulp."""
    return per_unit(_swish, x, out, single=_swish_single, beta=beta)


def derivative(x: ArrayLike, *, beta: ArrayLike) -> NDArray[Any]:
    """Give σ(z)·(1 + z·σ(−z)) with z = β·x."""
    return per_unit(_slope, x, beta=beta)


def onnx(op: OnnxBuilder, x: str, *, beta: ArrayLike) -> str:
    """Give it without Swish, whose alpha is one number for all."""
    return op.Mul(x, op.Sigmoid(op.Mul(x, op.constant(beta))))


def scalar(x: float, beta: float) -> float:
    """Give it for one number."""
    near = numbers.clamped(x, -1e39, 1e39)  # 1e39 is infinite as a float32
    return near * numbers.sigmoid(beta * near)


ACTIVATION = nnspec.Activation(
    "learnable_swish",
    learnable_swish,
    parameters={
        "beta": {
            "type": "number",
            "title": "β",
            "description": "How steep the gate is: 0 halves the input, ∞ is relu.",
        },
    },
    learnable={"beta": 1.0},
    summary="A swish whose gate learns how steep to be; with β fixed, the built-in silu.",
    formula="x·σ(β·x)",
    source="P. Ramachandran, B. Zoph, Q. V. Le, Searching for activation functions (2017).",
    range="[−0.278…/β, ∞)",
    derivative=derivative,
    inplace=learnable_swish,
    scalar=scalar,
    onnx=onnx,
    elsewhere={
        "PyTorch, Keras, JAX": "silu, with β fixed at 1",
        "ONNX": "Swish, where alpha is a fixed β",
        "Echo": "called beta-swish",
    },
)
