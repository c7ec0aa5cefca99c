"""softsign: a sigmoid without an exponential.

    f(x) = x / (1 + |x|)

Examples:
    >>> softsign([-2.0, 0.5, 3.0]).round(8)
    array([-0.66666667,  0.33333333,  0.75      ])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.scalar import clamped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _softsign(x: NDArray[Any]) -> NDArray[Any]:
    finite = np.clip(x, -1e300, 1e300)
    result: NDArray[Any] = finite / (1.0 + np.abs(finite))
    return result


def _slope(x: NDArray[Any]) -> NDArray[Any]:
    inverse = 1.0 / (1.0 + np.abs(x))
    result: NDArray[Any] = inverse * inverse
    return result


def softsign(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return elementwise(_softsign, x, out)


def derivative(x: ArrayLike) -> NDArray[Any]:
    return elementwise(_slope, x)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.Softsign(x)


def scalar(x: float) -> float:
    finite = clamped(x, -1e38, 1e38)  # 1 + 1e38 is 1e38
    return finite / (1.0 + abs(finite))


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "softsign",
            softsign,
            aliases=(
                "soft_sign",
                "elliott",
            ),
            summary="Saturates slowly, by a power and not by an exponential.",
            formula="x / (1 + |x|)",
            source="D. L. Elliott, A better activation function for artificial neural networks "
            "(1993); X. Glorot, Y. Bengio (2010).",
            range="(−1, 1)",
            keeps_order=True,
            derivative=derivative,
            inplace=softsign,
            scalar=scalar,
            scalar_float32=scalar,
            onnx=onnx,
            elsewhere={
                "PMML": "called Elliott",
            },
        )
    ]
