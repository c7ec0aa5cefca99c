"""arctan: the arc tangent, scaled to ±1.

    f(x) = 2/π·atan(x)

Examples:
    >>> arctan([-2.0, 0.5, 3.0]).round(8)
    array([-0.70483276,  0.29516724,  0.79516724])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.pair import constant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder

FACTOR = constant("0.6366197723675813430755350534900574481378")  # 2/π


def _arctan(x: NDArray[Any]) -> NDArray[Any]:
    angle = np.arctan(x)
    result: NDArray[Any] = np.copysign(angle * FACTOR[0] + angle * FACTOR[1], x)
    return result


def _slope(x: NDArray[Any]) -> NDArray[Any]:
    near = np.clip(x, -1e150, 1e150)
    result: NDArray[Any] = FACTOR[0] / (1.0 + near * near)
    return result


def arctan(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return elementwise(_arctan, x, out)


def derivative(x: ArrayLike) -> NDArray[Any]:
    return elementwise(_slope, x)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.Mul(op.Atan(x), op.constant(FACTOR[0]))


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "arctan",
            arctan,
            aliases=("atan",),
            summary="A sigmoid that saturates slowly.",
            formula="2/π·atan(x)",
            source="PMML 4.4, NeuralNetwork, activation function arctan.",
            range="(−1, 1)",
            keeps_order=True,
            derivative=derivative,
            inplace=arctan,
            onnx=onnx,
            elsewhere={
                "PyTorch, JAX": "arctan is not scaled",
            },
        )
    ]
