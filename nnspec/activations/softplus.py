"""softplus: the smooth ramp.

    f(x) = log(1 + exp(β·x)) / β

Examples:
    >>> softplus([-1.0, 0.0, 1.0]).round(8)
    array([0.31326169, 0.69314718, 1.31326169])
    >>> softplus([-100.0, 1000.0])
    array([3.72007598e-44, 1.00000000e+03])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import float32
from nnspec.numerics import scalar as numbers
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.float32_softplus import log1p_exp as log1p_exp_float32
from nnspec.numerics.pair import times
from nnspec.numerics.sigmoid import sigmoid
from nnspec.numerics.softplus import log1p_exp, softplus_single

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _softplus(x: NDArray[Any], beta: float) -> NDArray[Any]:
    result: NDArray[Any] = np.maximum(x, 0.0) + log1p_exp(*times(-np.abs(x), beta), over=beta)
    return result


def _softplus_single(x: NDArray[Any], beta: float) -> NDArray[Any]:
    return softplus_single(beta * x) / beta


def softplus(x: ArrayLike, out: NDArray[Any] | None = None, *, beta: float = 1.0) -> NDArray[Any]:
    return elementwise(_softplus, x, out, single=_softplus_single, beta=beta)


def derivative(x: ArrayLike, *, beta: float = 1.0) -> NDArray[Any]:
    return elementwise(lambda x: sigmoid(*times(x, beta)), x)


def onnx(op: OnnxBuilder, x: str, *, beta: float = 1.0) -> str:
    if beta == 1:
        return op.Softplus(x)
    return op.Div(op.Softplus(op.Mul(x, op.constant(beta))), op.constant(beta))


def scalar(x: float, beta: float = 1.0) -> float:
    z = beta * x
    return ((z if z > 0.0 else 0.0) + numbers.log1p_exp(-abs(z))) / beta


def scalar_float32(x: float) -> float:
    ramp = x if x > 0.0 else 0.0
    return float32.multiply_add(log1p_exp_float32(-abs(x)), float32.DOWN, ramp)


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "softplus",
            softplus,
            parameters={
                "beta": {
                    "type": "number",
                    "title": "β",
                    "description": "How sharp the bend is; ∞ is relu.",
                    "exclusiveMinimum": 0,
                    "default": 1.0,
                },
            },
            summary="A smooth rectifier, always positive: for variances and rates.",
            formula="log(1 + exp(β·x)) / β",
            source="C. Dugas and others, Incorporating second-order functional knowledge for "
            "better option pricing (2001).",
            range="(0, ∞)",
            derivative=derivative,
            inplace=softplus,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
            elsewhere={
                "PyTorch": "x itself where β·x is above threshold=20, which differs by up to 2e-9",
                "Keras, ONNX, JAX": "β fixed at 1, no threshold",
            },
        )
    ]
