"""quick_gelu: the Gaussian error linear unit by a logistic function.

    f(x) = x·σ(1.702 x)

Examples:
    >>> quick_gelu([-1.0, 1.0]).round(8)
    array([-0.15420423,  0.84579577])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nnspec
from nnspec.activations import gelu

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def quick_gelu(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    """Give x·σ(1.702 x), to 1.5 ulp."""
    return gelu.gelu(x, out, approximate="sigmoid")


def derivative(x: ArrayLike) -> NDArray[Any]:
    """Give the slope of quick_gelu."""
    return gelu.derivative(x, approximate="sigmoid")


def onnx(op: OnnxBuilder, x: str) -> str:
    """Give it as the built-in gelu does."""
    return gelu.onnx(op, x, approximate="sigmoid")


ACTIVATION = nnspec.Activation(
    "quick_gelu",
    quick_gelu,
    aliases=("gelu_sigmoid",),
    summary="GELU by a sigmoid, off by at most 2.1e-2: CLIP.",
    formula="x·σ(1.702 x)",
    source="D. Hendrycks, K. Gimpel, Gaussian error linear units (2016).",
    range="[−0.16361…, ∞)",
    derivative=derivative,
    inplace=quick_gelu,
    scalar=gelu.scalar_sigmoid,
    scalar_float32=gelu.float32_sigmoid,
    onnx=onnx,
    elsewhere={
        "PyTorch, Keras, JAX": "no function; silu(1.702 x) / 1.702",
        "ONNX": "Swish with alpha 1.702",
        "Hugging Face, timm, tinygrad": "quick_gelu",
        "NNEF": "gelu",
    },
)
