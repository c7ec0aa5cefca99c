"""gelu_10: the exact Gaussian error linear unit, cut off at both ends.

    f(x) = min(max(x·Φ(x), min), max), Φ the normal distribution function

Examples:
    >>> gelu_10([-1.0, 1.0, 11.0]).round(8)
    array([-0.15865525,  0.84134475, 10.        ])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.activations import gelu
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.normal import FAR, normal_cdf_single, normal_gate
from nnspec.numerics.scalar import clamped

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _clipped(x: NDArray[Any], low: float, high: float) -> NDArray[Any]:
    result: NDArray[Any] = np.clip(normal_gate(x), low, high)
    return result


def _clipped_single(x: NDArray[Any], low: float, high: float) -> NDArray[Any]:
    result: NDArray[Any] = np.clip(np.maximum(x, -FAR) * normal_cdf_single(x), low, high)
    return result


def gelu_10(
    x: ArrayLike,
    out: NDArray[Any] | None = None,
    *,
    min: float = -10.0,  # noqa: A002
    max: float = 10.0,  # noqa: A002
) -> NDArray[Any]:
    """Give x·Φ(x), but no less than min and no more than max, to 1.5 ulp."""
    return elementwise(_clipped, x, out, single=_clipped_single, low=min, high=max)


def derivative(x: ArrayLike, *, min: float = -10.0, max: float = 10.0) -> NDArray[Any]:  # noqa: A002
    """Give the slope of gelu, and 0 where it is cut off."""
    slope = gelu.derivative(x)
    y = gelu.gelu(x)
    slope[(y <= min) | (y >= max)] = 0.0
    return slope


def onnx(op: OnnxBuilder, x: str, *, min: float = -10.0, max: float = 10.0) -> str:  # noqa: A002
    """Give it as Gelu and Clip."""
    return op.Clip(gelu.onnx(op, x), op.constant(min), op.constant(max))


def scalar(x: float, min: float = -10.0, max: float = 10.0) -> float:  # noqa: A002
    """Give it for one number."""
    return clamped(gelu.scalar_none(x), min, max)


def scalar_float32(x: float, min: float = -10.0, max: float = 10.0) -> float:  # noqa: A002
    """Give it for one number, in single precision."""
    low: Any = np.float32(min)
    high: Any = np.float32(max)
    return clamped(gelu.float32_none(x), low, high)


ACTIVATION = nnspec.Activation(
    "gelu_10",
    gelu_10,
    parameters={
        "min": {
            "type": "number",
            "title": "Least value",
            "description": "What is below becomes this; gelu itself stays above −0.17.",
            "default": -10.0,
        },
        "max": {
            "type": "number",
            "title": "Greatest value",
            "description": "What is above becomes this.",
            "default": 10.0,
        },
    },
    aliases=("clipped_gelu",),
    summary="An exact GELU without large values, so that 8 bits hold the small ones well.",
    formula="min(max(x·Φ(x), min), max)",
    source="H. Wu et al., Integer quantization for deep learning inference (2020).",
    range="[−0.17, max]",
    derivative=derivative,
    inplace=gelu_10,
    scalar=scalar,
    scalar_float32=scalar_float32,
    onnx=onnx,
    elsewhere={
        "Hugging Face": "gelu_10 has −10 and 10; ClippedGELUActivation takes any min and max",
    },
)
