"""gelu_tanh: the Gaussian error linear unit by a hyperbolic tangent.

    f(x) = x/2·(1 + tanh(√(2/π)·(x + 0.044715 x³)))

Examples:
    >>> gelu_tanh([-1.0, 1.0]).round(8)
    array([-0.15880801,  0.84119199])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nnspec
from nnspec.activations import gelu

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def gelu_tanh(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    """Give x/2·(1 + tanh(√(2/π)·(x + 0.044715 x³))), to 1.5 ulp."""
    return gelu.gelu(x, out, approximate="tanh")


def derivative(x: ArrayLike) -> NDArray[Any]:
    """Give the slope of gelu_tanh."""
    return gelu.derivative(x, approximate="tanh")


def onnx(op: OnnxBuilder, x: str) -> str:
    """Give it as the built-in gelu does."""
    return gelu.onnx(op, x, approximate="tanh")


ACTIVATION = nnspec.Activation(
    "gelu_tanh",
    gelu_tanh,
    aliases=("gelu_new", "gelu_fast", "gelu_pytorch_tanh", "gelu_accurate", "gelu_approx"),
    summary="GELU by a tanh, off by at most 4.8e-4: GPT-2, Gemma, the first BERT.",
    formula="x/2·(1 + tanh(√(2/π)·(x + 0.044715 x³)))",
    source="D. Hendrycks, K. Gimpel, Gaussian error linear units (2016).",
    range="[−0.17004…, ∞)",
    derivative=derivative,
    inplace=gelu_tanh,
    scalar=gelu.scalar_tanh,
    scalar_float32=gelu.float32_tanh,
    onnx=onnx,
    elsewhere={
        "PyTorch, ONNX": "gelu with approximate tanh",
        "Keras": "keras.ops.gelu, keras.activations.gelu with approximate=True",
        "JAX, TensorFlow Addons, tinygrad": "gelu, unless told otherwise",
        "Hugging Face": "√(2/π) in full for gelu_new, gelu_pytorch_tanh and gelu_accurate, "
        "0.7978845608 for gelu_fast, which is too small by 3.6e-12",
        "thinc": "gelu_approx",
        "Darknet": "0.797885 and 0.035677 for √(2/π) and √(2/π)·0.044715",
    },
)
