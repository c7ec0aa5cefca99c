"""log_sigmoid: the logarithm of the logistic function.

    f(x) = log(σ(x)) = −log(1 + exp(−x))

Examples:
    >>> log_sigmoid([-2.0, 0.5, 3.0]).round(8)
    array([-2.12692801, -0.47407698, -0.04858735])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import float32
from nnspec.numerics import scalar as numbers
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.float32_softplus import log1p_exp as log1p_exp_float32
from nnspec.numerics.sigmoid import sigmoid
from nnspec.numerics.softplus import log1p_exp, softplus_single

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _log_sigmoid(x: NDArray[Any]) -> NDArray[Any]:
    result: NDArray[Any] = np.minimum(x, 0.0) - log1p_exp(-np.abs(x))
    return result


def _log_sigmoid_single(x: NDArray[Any]) -> NDArray[Any]:
    return -softplus_single(-x)


def _slope(x: NDArray[Any]) -> NDArray[Any]:
    return sigmoid(-x)


def log_sigmoid(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return elementwise(_log_sigmoid, x, out, single=_log_sigmoid_single)


def derivative(x: ArrayLike) -> NDArray[Any]:
    return elementwise(_slope, x)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.Neg(op.Softplus(op.Neg(x)))


def scalar(x: float) -> float:
    return (x if x < 0.0 else 0.0) - numbers.log1p_exp(-abs(x))


def scalar_float32(x: float) -> float:
    ramp = x if x < 0.0 else 0.0
    return float32.multiply_add(log1p_exp_float32(-abs(x)), -float32.DOWN, ramp)


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "log_sigmoid",
            log_sigmoid,
            aliases=("logsigmoid",),
            summary="The log of a probability, as losses want it.",
            formula="log(σ(x)) = −log(1 + exp(−x))",
            source="torch.nn.LogSigmoid, jax.nn.log_sigmoid.",
            range="(−∞, 0)",
            keeps_order=True,
            derivative=derivative,
            inplace=log_sigmoid,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
        )
    ]
