"""xielu: a parabola right of zero, an integrated elu left of it, both with learned weights.

    f(x) = αₚ·x² + β·x                          if x > 0
           αₙ·(exp(min(x, ε)) − 1 − x) + β·x    otherwise

αₚ and αₙ are the numbers of this formula. Checkpoints of Hugging Face hold other ones, from which
they come as αₚ = log(1 + exp(stored)) and αₙ = β + log(1 + exp(stored)).

Left of zero the sum vanishes once more where αₙ > β, at −2.43 by default; close to that place it is
computed with twice the digits. With ε = −1e-6, as there, f(0) is
−8e-7; ε = 0 gives the formula of the paper.

Examples:
    >>> xielu([-2.0, 0.0, 2.0], alpha_p=0.8, alpha_n=0.8).round(4)
    array([-0.0917, -0.    ,  4.2   ])
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import scalar as numbers
from nnspec.numerics.expm1 import expm1_pair
from nnspec.numerics.fine import fine_bend, fine_expm1, sum_of_pairs
from nnspec.numerics.fused import multiply_add
from nnspec.numerics.pair import add, fast_two_sum, multiply, rounded, two_sum
from nnspec.numerics.per_unit import per_unit
from nnspec.numerics.polynomial import horner

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from nnspec.numerics.pair import Number
    from nnspec.onnx_builder import OnnxBuilder

NEAR = -0.125  # from here to zero, exp(x) − 1 − x is x²/2 times a series
LARGEST = float(np.finfo(np.float64).max)
# 2/(k + 3)!, of exp(x) − 1 − x = x²/2·(1 + x·(1/3 + x/12 + …))
SERIES = tuple(2 / math.factorial(k) for k in range(3, 13))


def _right(x: NDArray[Any], alpha_p: Number, beta: Number) -> NDArray[Any]:
    """x·(αₚ·x + β)."""
    result: NDArray[Any] = x * rounded(multiply_add(alpha_p, np.minimum(x, LARGEST), beta))
    return result


def _near(x: NDArray[Any], alpha_n: Number, beta: Number) -> NDArray[Any]:
    """x·(αₙ·x/2·(1 + x/3 + …) + β)."""
    x = np.maximum(x, NEAR)
    series = fast_two_sum(1.0, x * horner(SERIES, x))
    part = multiply(multiply(series, (0.5 * x, 0.0)), (alpha_n, 0.0))
    result: NDArray[Any] = x * rounded(add(part, beta))
    return result


def _left(x: NDArray[Any], alpha_n: Number, beta: Number, epsilon: Number) -> NDArray[Any]:
    """αₙ·(exp(min(x, ε)) − 1) + (β − αₙ)·x; at −∞ that is −αₙ where β = αₙ."""
    slope, rest = two_sum(beta, -np.asarray(alpha_n))
    finite = np.maximum(x, -LARGEST)
    bend = multiply(expm1_pair(np.minimum(x, epsilon)), (alpha_n, 0.0))
    total = rounded(multiply_add(slope, finite, bend[0], bend[1] + rest * finite))
    return np.where(np.isneginf(x) & (slope != 0), slope * x, total)


def _cancelling(x: NDArray[Any], alpha_n: Number, beta: Number, epsilon: Number) -> NDArray[Any]:
    """As `_near` and `_left`, with twice the digits."""
    close = np.maximum(x, NEAR)
    part = multiply(multiply(fine_bend(close), (0.5 * close, 0.0)), (alpha_n, 0.0))
    near = close * rounded(sum_of_pairs(part, (beta, 0.0)))
    bend = multiply(fine_expm1(np.minimum(x, epsilon)), (alpha_n, 0.0))
    slope = two_sum(beta, -np.asarray(alpha_n))
    left = rounded(sum_of_pairs(bend, multiply(slope, (x, 0.0))))
    return np.where((x >= NEAR) & (x <= epsilon), near, left)


def _xielu(
    x: NDArray[Any], alpha_p: Number, alpha_n: Number, beta: Number, epsilon: Number
) -> NDArray[Any]:
    near = (x >= NEAR) & (x <= epsilon)
    left = np.where(x > 0, 0.0, x)
    negative = np.where(near, _near(left, alpha_n, beta), _left(left, alpha_n, beta, epsilon))
    y = np.where(x > 0, _right(x, alpha_p, beta), negative)
    cancels = (x < 0) & (x > -700.0) & (np.abs(y) < np.abs(beta * x) / 16)
    if cancels.any():
        given = (np.broadcast_to(one, x.shape)[cancels] for one in (x, alpha_n, beta, epsilon))
        y[cancels] = _cancelling(*given)
    return y


def _slope(
    x: NDArray[Any], alpha_p: Number, alpha_n: Number, beta: Number, epsilon: Number
) -> NDArray[Any]:
    bend = np.where(x <= epsilon, np.expm1(np.minimum(x, 0.0)), -1.0)
    right = 2 * alpha_p * x + beta
    return np.where(np.isnan(x), x, np.where(x > 0, right, alpha_n * bend + beta))


def xielu(
    x: ArrayLike,
    out: NDArray[Any] | None = None,
    *,
    alpha_p: ArrayLike,
    alpha_n: ArrayLike,
    beta: float = 0.5,
    epsilon: float = -1e-6,
) -> NDArray[Any]:
    """Give the function above, to 1.5 ulp, near its zero on the left too."""
    return per_unit(_xielu, x, out, alpha_p=alpha_p, alpha_n=alpha_n, beta=beta, epsilon=epsilon)


def derivative(
    x: ArrayLike,
    *,
    alpha_p: ArrayLike,
    alpha_n: ArrayLike,
    beta: float = 0.5,
    epsilon: float = -1e-6,
) -> NDArray[Any]:
    """Give 2αₚ·x + β right of zero and αₙ·(exp(x) − 1) + β left of it."""
    return per_unit(_slope, x, alpha_p=alpha_p, alpha_n=alpha_n, beta=beta, epsilon=epsilon)


def onnx(
    op: OnnxBuilder,
    x: str,
    *,
    alpha_p: ArrayLike,
    alpha_n: ArrayLike,
    beta: float = 0.5,
    epsilon: float = -1e-6,
) -> str:
    """Give it as Exp, Where and arithmetic."""
    line = op.Mul(x, op.constant(beta))
    right = op.Mul(op.Mul(x, x), op.constant(alpha_p))
    growth = op.Sub(op.Exp(op.Min(x, op.constant(epsilon))), op.constant(1))
    left = op.Mul(op.Sub(growth, x), op.constant(alpha_n))
    return op.Add(op.Where(op.Greater(x, op.constant(0)), right, left), line)


def scalar(
    x: float, alpha_p: float, alpha_n: float, beta: float = 0.5, epsilon: float = -1e-6
) -> float:
    """Give it for one number."""
    slope = beta - alpha_n
    near = numbers.clamped(x, -100.0, epsilon)
    bend = alpha_n * math.expm1(near)
    left = bend + slope * x if slope != 0.0 else bend
    return alpha_p * x * x + beta * x if x > 0.0 else left


ACTIVATION = nnspec.Activation(
    "xielu",
    xielu,
    parameters={
        "alpha_p": {
            "type": "number",
            "title": "αₚ",
            "description": "The weight of the parabola right of zero.",
        },
        "alpha_n": {
            "type": "number",
            "title": "αₙ",
            "description": "The weight of the bend left of zero.",
        },
        "beta": {
            "type": "number",
            "title": "β",
            "description": "The slope at zero; it is not learned.",
            "default": 0.5,
        },
        "epsilon": {
            "type": "number",
            "title": "ε",
            "description": "From here to zero the exponential stands still; 0 is the paper's.",
            "maximum": 0,
            "default": -1e-6,
        },
    },
    learnable={"alpha_p": 0.8, "alpha_n": 0.8},
    summary="A parabola and an integrated elu, with learned weights: Apertus.",
    formula="αₚ·x² + β·x if x > 0, else αₙ·(exp(min(x, ε)) − 1 − x) + β·x",
    source="A. H. Huang, I. Schlag, Deriving activation functions using integration (2024).",
    range="(−∞, ∞)",
    derivative=derivative,
    inplace=xielu,
    scalar=scalar,
    onnx=onnx,
    elsewhere={
        "Hugging Face": "one αₚ and one αₙ for all, stored as log(exp(αₚ) − 1) and "
        "log(exp(αₙ − β) − 1)",
    },
)
