"""identity: the input itself.

    f(x) = x

Examples:
    >>> identity([-1.0, 2.5])
    array([-1. ,  2.5])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics.elementwise import elementwise, floating

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def identity(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    x = floating(x)
    if out is None:
        return x.copy()
    out[...] = x
    return out


def derivative(x: ArrayLike) -> NDArray[Any]:
    return elementwise(lambda x: np.where(np.isnan(x), x, 1.0), x)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.Identity(x)


def scalar(x: float) -> float:
    return x


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "identity",
            identity,
            aliases=("linear", "none"),
            summary="Gives its input unchanged: the output of a regression.",
            formula="x",
            source="Usual; torch.nn.Identity, keras.activations.linear.",
            range="(−∞, ∞)",
            keeps_order=True,
            derivative=derivative,
            inplace=identity,
            scalar=scalar,
            onnx=onnx,
            elsewhere={
                "Keras": "called linear; `activation: null` means the same",
                "ONNX": "Identity",
                "Ludwig": "the key None",
            },
        )
    ]
