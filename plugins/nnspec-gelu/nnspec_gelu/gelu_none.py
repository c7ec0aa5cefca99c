"""gelu_none: the exact Gaussian error linear unit, as the built-in gelu is.

    f(x) = x·Φ(x), Φ the normal distribution function

Examples:
    >>> gelu_none([-10.0, 1.0])
    array([-7.61985302e-23,  8.41344746e-01])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nnspec
from nnspec.activations import gelu

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def gelu_none(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    """Give x·Φ(x), to 1.5 ulp."""
    return gelu.gelu(x, out, approximate="none")


def derivative(x: ArrayLike) -> NDArray[Any]:
    """Give Φ(x) + x·φ(x)."""
    return gelu.derivative(x, approximate="none")


def onnx(op: OnnxBuilder, x: str) -> str:
    """Give it as the built-in gelu does."""
    return gelu.onnx(op, x, approximate="none")


ACTIVATION = nnspec.Activation(
    "gelu_none",
    gelu_none,
    aliases=("gelu_python",),
    summary="The exact GELU: the built-in gelu by another name.",
    formula="x·Φ(x)",
    source="D. Hendrycks, K. Gimpel, Gaussian error linear units (2016).",
    range="[−0.17, ∞)",
    derivative=derivative,
    inplace=gelu_none,
    scalar=gelu.scalar_none,
    scalar_float32=gelu.float32_none,
    onnx=onnx,
    elsewhere={
        "PyTorch, ONNX": "gelu with approximate none",
        "Hugging Face": "gelu, and gelu_python, which loses all digits of what is below −8",
    },
)
