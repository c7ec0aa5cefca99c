"""relu: the rectifier.

    f(x) = max(x, 0)

Examples:
    >>> positive_part([-2.0, 0.0, 3.0])
    array([0., 0., 3.])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.ramp import positive_part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def derivative(x: ArrayLike) -> NDArray[Any]:
    return elementwise(lambda x: np.where(np.isnan(x), x, x > 0), x)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.Relu(x)


def scalar(x: float) -> float:
    return 0.0 if x <= 0.0 else x


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "relu",
            positive_part,
            aliases=("rectifier",),
            summary="Lets what is positive through: the default of hidden layers.",
            formula="max(x, 0)",
            source="K. Fukushima (1969); V. Nair, G. E. Hinton, Rectified linear units improve "
            "restricted Boltzmann machines (2010); all frameworks.",
            range="[0, ∞)",
            keeps_order=True,
            derivative=derivative,
            inplace=positive_part,
            scalar=scalar,
            onnx=onnx,
            elsewhere={
                "Keras": "takes negative_slope=0, max_value=None and threshold=0 as well",
                "Caffe": "takes negative_slope=0 as well",
            },
        )
    ]
