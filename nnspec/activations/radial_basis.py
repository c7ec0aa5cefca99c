"""radial_basis: what a unit of a radial basis function network makes of a squared distance.

    f(x) = exp(−x)

PMML's radialBasis at its usual altitude of 1; x is the squared distance over twice the squared
width, which the layer before has to give.

Examples:
    >>> radial_basis([0.0, 0.5, 3.0]).round(8)
    array([1.        , 0.60653066, 0.04978707])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics import float32
from nnspec.numerics import scalar as numbers
from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.exp import exp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _radial_basis(x: NDArray[Any]) -> NDArray[Any]:
    return exp(-x)


def _radial_basis_single(x: NDArray[Any]) -> NDArray[Any]:
    result: NDArray[Any] = np.exp(np.clip(-x, -200.0, 200.0))
    return result


def _slope(x: NDArray[Any]) -> NDArray[Any]:
    return -exp(-x)


def radial_basis(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return elementwise(_radial_basis, x, out, single=_radial_basis_single)


def derivative(x: ArrayLike) -> NDArray[Any]:
    return elementwise(_slope, x)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.Exp(op.Neg(x))


def scalar(x: float) -> float:
    return numbers.exp(-x)


def scalar_float32(x: float) -> float:
    return float32.exp(-x)


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "radial_basis",
            radial_basis,
            aliases=("radialBasis",),
            summary="A bump around a centre, given the squared distance from it.",
            formula="exp(−x)",
            source="PMML 4.4, NeuralNetwork, radialBasis.",
            range="(0, ∞)",
            derivative=derivative,
            inplace=radial_basis,
            scalar=scalar,
            scalar_float32=scalar_float32,
            onnx=onnx,
            elsewhere={
                "PMML": "exp(f·ln(altitude) − x) with f inputs; the altitude is 1 by default",
            },
        )
    ]
