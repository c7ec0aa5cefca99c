"""squareplus: a smooth ramp without an exponential.

    f(x) = (x + √(x² + b)) / 2

Left of zero it is computed as b / (2·(√(x² + b) − x)), where nothing cancels.

Examples:
    >>> squareplus([-2.0, 0.5, 3.0]).round(8)
    array([0.41421356, 1.28077641, 3.30277564])
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import float32
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.pair import add, divide, rounded, two_product

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder

FAR = 1e140


def _squareplus(x: NDArray[Any], b: float) -> NDArray[Any]:
    near = np.minimum(np.abs(x), FAR)
    radicand = add(two_product(near, near), b)
    root = np.sqrt(radicand[0])
    high, low = two_product(root, root)
    rest = ((radicand[0] - high) - low + radicand[1]) / (2.0 * root)
    half = add((0.5 * root, 0.5 * rest), 0.5 * near)
    left = rounded(divide((0.25 * b, 0.0), half))
    far = np.where(x < 0, 0.25 * b / np.abs(x), x)  # the root is |x| there, to the last bit
    return np.where(np.abs(x) > FAR, far, np.where(x < 0, left, rounded(half)))


def _squareplus_single(x: NDArray[Any], b: float) -> NDArray[Any]:
    half = 0.5 * (np.sqrt(x * x + b) + np.abs(x))
    result: NDArray[Any] = np.where(x < 0, 0.25 * b / half, half)
    return result


def _slope(x: NDArray[Any], b: float) -> NDArray[Any]:
    near = np.clip(x, -FAR, FAR)
    root = np.sqrt(near * near + b)
    result: NDArray[Any] = np.where(
        x < 0, 0.5 * b / (root * (root - near)), 0.5 + 0.5 * near / root
    )
    return result


def squareplus(x: ArrayLike, out: NDArray[Any] | None = None, *, b: float = 4.0) -> NDArray[Any]:
    return elementwise(_squareplus, x, out, single=_squareplus_single, b=b)


def derivative(x: ArrayLike, *, b: float = 4.0) -> NDArray[Any]:
    return elementwise(_slope, x, b=b)


def onnx(op: OnnxBuilder, x: str, *, b: float = 4.0) -> str:
    size = op.Abs(x)
    near = op.Min(size, op.constant(1e18))  # its square does not overflow float32
    root = op.Sqrt(op.Add(op.Mul(near, near), op.constant(b)))
    half = op.Max(size, op.Mul(op.Add(root, near), op.constant(0.5)))
    left = op.Div(op.constant(0.25 * b), half)
    return op.Where(op.Less(x, op.constant(0)), left, half)


def scalar(x: float, b: float = 4.0) -> float:
    half = 0.5 * (math.sqrt(x * x + b) + abs(x))
    return 0.25 * b / half if x < 0.0 else half


def scalar_float32(x: float) -> float:
    t = abs(x)
    near = 1e18 if t > 1e18 else t  # its square is finite
    root = 0.5 * math.sqrt(float32.multiply_add(near, near, 4.0))
    near *= 0.5
    half = root + near if t < 1e18 else t
    i, lack = float32.inverse(half, near - (half - root))
    return (i + (lack if t < 1e18 else 0.0)) if x < 0.0 else half


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "squareplus",
            squareplus,
            parameters={
                "b": {
                    "type": "number",
                    "title": "b",
                    "description": "How wide the bend is; 0 would be relu.",
                    "exclusiveMinimum": 0,
                    "default": 4.0,
                },
            },
            summary="A softplus of one square root.",
            formula="(x + √(x² + b)) / 2",
            source="J. T. Barron, Squareplus: a softplus-like algebraic rectifier (2021).",
            range="(0, ∞)",
            keeps_order=True,
            derivative=derivative,
            inplace=squareplus,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
            elsewhere={
                "Keras, JAX": "the same, b=4",
            },
        )
    ]
