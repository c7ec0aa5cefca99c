"""silu: the sigmoid linear unit, also called swish.

    f(x) = x·σ(β·x)

Examples:
    >>> silu([-1.0, 1.0]).round(8)
    array([-0.26894142,  0.73105858])
    >>> silu([-90.0])
    array([-7.37461136e-38])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import float32
from nnspec.numerics import scalar as numbers
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.pair import times
from nnspec.numerics.scalar import clamped
from nnspec.numerics.sigmoid import gate, gate_single, sigmoid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _silu(x: NDArray[Any], beta: float) -> NDArray[Any]:
    return gate(x, *times(x, beta))


def _silu_single(x: NDArray[Any], beta: float) -> NDArray[Any]:
    if beta == 1.0:
        return gate_single(x, x)
    near = np.clip(x, -1e39, 1e39)  # 1e39 is infinite as a float32
    return gate_single(near, beta * near)


def _slope(x: NDArray[Any], beta: float) -> NDArray[Any]:
    z = np.clip(times(x, beta)[0], -800.0, 800.0)
    return sigmoid(z, times=1.0 + z * sigmoid(-z))


def silu(x: ArrayLike, out: NDArray[Any] | None = None, *, beta: float = 1.0) -> NDArray[Any]:
    return elementwise(_silu, x, out, single=_silu_single, beta=beta)


def derivative(x: ArrayLike, *, beta: float = 1.0) -> NDArray[Any]:
    return elementwise(_slope, x, beta=beta)


def onnx(op: OnnxBuilder, x: str, *, beta: float = 1.0) -> str:
    scaled = x if beta == 1 else op.Mul(x, op.constant(beta))
    return op.Mul(x, op.Sigmoid(scaled))  # Swish came with opset 24


def scalar(x: float, beta: float = 1.0) -> float:
    near = -1e39 if x < -1e39 else x  # 1e39 is infinite as a float32
    if beta <= 0.0:
        near = clamped(near, -1e39, 1e39)
    return near * numbers.sigmoid(beta * near)


def scalar_float32(x: float, beta: float = 1.0) -> float:
    """With z = −|x|, it is z·σ(z) left of zero and x + z·σ(z) right of it."""
    if beta == 0.0:
        return 0.5 * x
    if beta != 1.0:
        return float32.swish(x, *float32.parts(beta))
    z = -abs(x)
    z = float32.LOW if z < float32.LOW else z
    less, power = float32.exp_parts(z)
    return float32.multiply_add(float32.gate(z, less, power), float32.DOWN, 0.0 if x < 0.0 else x)


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "silu",
            silu,
            parameters={
                "beta": {
                    "type": "number",
                    "title": "β",
                    "description": "How steep the gate is: 0 halves the input, ∞ is relu.",
                    "default": 1.0,
                },
            },
            aliases=("swish",),
            summary="A smooth rectifier that dips below zero.",
            formula="x·σ(β·x)",
            source="S. Elfwing, E. Uchibe, K. Doya, Sigmoid-weighted linear units (2018); "
            "P. Ramachandran, B. Zoph, Q. V. Le, Searching for activation functions (2017).",
            range="[−0.278…/β, ∞)",
            derivative=derivative,
            inplace=silu,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
            elsewhere={
                "PyTorch, Keras, JAX": "β fixed at 1",
                "ONNX": "Swish, alpha=1, from opset 24",
                "Echo": "e-swish is β·x·σ(x)",
            },
        )
    ]
