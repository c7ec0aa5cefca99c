"""gelu: the Gaussian error linear unit, exact and in its two approximations.

    none:     f(x) = x·Φ(x), Φ the normal distribution function
    tanh:     f(x) = x/2·(1 + tanh(√(2/π)·(x + 0.044715 x³))) = x·σ(2√(2/π)·(x + 0.044715 x³))
    sigmoid:  f(x) = x·σ(1.702 x)

The constants are the decimal numbers, not the doubles nearest to them: at x = -20 that matters.

Examples:
    >>> gelu([-10.0, 1.0])
    array([-7.61985302e-23,  8.41344746e-01])
    >>> gelu([1.0], approximate="tanh").round(8)
    array([0.84119199])
    >>> gelu([1.0], approximate="sigmoid").round(8)
    array([0.84579577])
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import float32
from nnspec.numerics import scalar as numbers
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.float32_normal import FAR, normal_tail
from nnspec.numerics.normal import normal_cdf, normal_gate
from nnspec.numerics.normal_table import normal_gate_single
from nnspec.numerics.pair import add, constant, multiply, two_product
from nnspec.numerics.scalar import clamped
from nnspec.numerics.sigmoid import LOG2E, gate, gate_by_power, gate_single, sigmoid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder

CUBIC = constant("0.044715")
SLOPE = constant("1.595769121605730711759784239737527473903")  # 2√(2/π)
QUICK = constant("1.702")
QUICK_HIGH, QUICK_LOW = map(float, float32.parts(QUICK[0]))
SLOPE_HIGH = 1.595703125  # 11 bits, so that what a sum with it loses is exact
SLOPE_LOW = SLOPE[0] - SLOPE_HIGH
BEND_HIGH = float(np.float32(SLOPE[0] * CUBIC[0]))
BEND_LOW = SLOPE[0] * CUBIC[0] - BEND_HIGH
DENSITY = 0.3989422804014327  # 1/√(2π)
_SLOPE = np.array(SLOPE[0] * LOG2E)  # an array, as a ufunc takes it
_MINUS_BEND = np.array(-SLOPE[0] * LOG2E * CUBIC[0])


def _none(x: NDArray[Any]) -> NDArray[Any]:
    return normal_gate(x)


def _tanh(x: NDArray[Any]) -> NDArray[Any]:
    near = np.clip(x, -60.0, 60.0)
    factor = multiply(SLOPE, add(multiply(CUBIC, two_product(near, near)), 1.0))
    return gate(x, *multiply(factor, (near, 0.0)))


def _tanh_single(x: NDArray[Any]) -> NDArray[Any]:
    z = np.multiply(x, x)
    np.multiply(z, _MINUS_BEND, z)
    np.subtract(z, _SLOPE, z)
    np.multiply(z, x, z)
    return gate_by_power(x, z)


def _sigmoid(x: NDArray[Any]) -> NDArray[Any]:
    return gate(x, *multiply(QUICK, (np.clip(x, -1000.0, 1000.0), 0.0)))


def _sigmoid_single(x: NDArray[Any]) -> NDArray[Any]:
    return gate_single(x, QUICK[0] * x)


def _none_slope(x: NDArray[Any]) -> NDArray[Any]:
    near = np.clip(x, -40.0, 40.0)
    result: NDArray[Any] = normal_cdf(x) + near * (DENSITY * np.exp(-0.5 * near * near))
    return result


def _tanh_slope(x: NDArray[Any]) -> NDArray[Any]:
    near = np.clip(x, -60.0, 60.0)
    z = SLOPE[0] * (near + CUBIC[0] * near * near * near)
    dz = SLOPE[0] * (1.0 + 3.0 * CUBIC[0] * near * near)
    result: NDArray[Any] = sigmoid(z) * (1.0 + near * dz * sigmoid(-z))
    return result


def _sigmoid_slope(x: NDArray[Any]) -> NDArray[Any]:
    z = QUICK[0] * np.clip(x, -500.0, 500.0)
    result: NDArray[Any] = sigmoid(z) * (1.0 + z * sigmoid(-z))
    return result


DOUBLE = {"none": _none, "tanh": _tanh, "sigmoid": _sigmoid}
SINGLE = {"none": normal_gate_single, "tanh": _tanh_single, "sigmoid": _sigmoid_single}
DERIVATIVE = {"none": _none_slope, "tanh": _tanh_slope, "sigmoid": _sigmoid_slope}


def gelu(
    x: ArrayLike, out: NDArray[Any] | None = None, *, approximate: str = "none"
) -> NDArray[Any]:
    return elementwise(DOUBLE[approximate], x, out, single=SINGLE[approximate])


def derivative(x: ArrayLike, *, approximate: str = "none") -> NDArray[Any]:
    return elementwise(DERIVATIVE[approximate], x)


def onnx(op: OnnxBuilder, x: str, *, approximate: str = "none") -> str:
    if approximate == "none" or (approximate == "tanh" and op.holds(CUBIC[0])):
        return op.Gelu(x, approximate=approximate)
    z = op.Mul(x, op.constant(QUICK[0]))
    if approximate == "tanh":
        cube = op.Mul(op.Mul(x, op.Mul(x, x)), op.constant(CUBIC[0]))
        z = op.Mul(op.Add(x, cube), op.constant(SLOPE[0]))
    return op.Mul(x, op.Sigmoid(z))


def scalar_none(x: float) -> float:
    near = -60.0 if x < -60.0 else x
    return near * numbers.normal_cdf(near)


def scalar_tanh(x: float) -> float:
    near = -60.0 if x < -60.0 else x
    bent = clamped(x, -60.0, 60.0)
    return near * numbers.sigmoid(SLOPE[0] * (bent + CUBIC[0] * bent * bent * bent))


def scalar_sigmoid(x: float) -> float:
    near = -1e39 if x < -1e39 else x  # 1e39 is infinite as a float32
    return near * numbers.sigmoid(QUICK[0] * near)


def scalar(x: float, approximate: str = "none") -> float:
    if approximate == "tanh":
        return scalar_tanh(x)
    if approximate == "sigmoid":
        return scalar_sigmoid(x)
    return scalar_none(x)


def _tanh_argument(t: float) -> tuple[float, float]:
    """Give t·(slope + bend·t²) and what it loses."""
    square = t * t
    rest = float32.multiply_add(t, t, -square)
    factor = float32.multiply_add(square, BEND_HIGH, SLOPE_HIGH)
    lost = float32.multiply_add(square, BEND_HIGH, SLOPE_HIGH - factor) + SLOPE_LOW
    lost = float32.multiply_add(rest, BEND_HIGH, float32.multiply_add(square, BEND_LOW, lost))
    z = t * factor
    return z, float32.multiply_add(t, lost, float32.multiply_add(t, factor, -z))


def _with_tail(x: float, tail: float) -> float:
    """Give −t·share left of zero and x − t·share right of it, from −t·share·2^64."""
    y = float32.multiply_add(tail, float32.DOWN, 0.0 if x < 0.0 else x)
    return math.copysign(y, x)


def float32_none(x: float) -> float:
    t = abs(x)
    return _with_tail(x, normal_tail(FAR if t > FAR else t))


def float32_tanh(x: float) -> float:
    t = abs(x)
    t = 11.0 if t > 11.0 else t
    z, dz = _tanh_argument(t)
    less, power = float32.exp_parts_of_sum(-z, -dz)
    return _with_tail(x, float32.gate(-t, less, power))


def float32_sigmoid(x: float) -> float:
    return float32.swish(x, QUICK_HIGH, QUICK_LOW)


def scalar_float32(x: float, approximate: str = "none") -> float:
    if approximate == "tanh":
        return float32_tanh(x)
    if approximate == "sigmoid":
        return float32_sigmoid(x)
    return float32_none(x)


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "gelu",
            gelu,
            parameters={
                "approximate": {
                    "type": "string",
                    "title": "Form",
                    "description": "none is x·Φ(x); tanh and sigmoid are its approximations, off "
                    "by at most 4.8e-4 and 2.1e-2.",
                    "enum": ["none", "tanh", "sigmoid"],
                    "default": "none",
                },
            },
            summary="Weighs its input by how likely a normal number is below it: transformers.",
            formula="x·Φ(x); tanh: x/2·(1 + tanh(√(2/π)·(x + 0.044715 x³))); sigmoid: x·σ(1.702 x)",
            source="D. Hendrycks, K. Gimpel, Gaussian error linear units (2016).",
            range="[−0.17, ∞)",
            derivative=derivative,
            inplace=gelu,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
            varying=("approximate",),
            elsewhere={
                "PyTorch, ONNX": "approximate=none; the names are none and tanh",
                "Keras": "keras.activations.gelu has none, keras.ops.nn.gelu tanh",
                "JAX, TensorFlow Addons, tinygrad": "tanh unless told otherwise",
                "NNEF": "gelu is the sigmoid form",
                "Darknet": "the tanh form with the constants 0.797885 and 0.035677",
                "Hugging Face": "gelu_new, gelu_fast and gelu_pytorch_tanh are tanh, quick_gelu "
                "is sigmoid",
            },
        )
    ]
