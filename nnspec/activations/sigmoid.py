"""sigmoid: the logistic function.

    f(x) = 1 / (1 + exp(−x))

Examples:
    >>> sigmoid([0.3, 0.7, 1.1]).round(8)
    array([0.57444252, 0.66818777, 0.75026011])
    >>> sigmoid([-745.0])
    array([5.e-324])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nnspec
from nnspec.numerics import float32
from nnspec.numerics import scalar as numbers
from nnspec.numerics import sigmoid as logistic
from nnspec.numerics.elementwise import elementwise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def sigmoid(x: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
    return elementwise(logistic.sigmoid, x, out, single=logistic.sigmoid_single)


def derivative(x: ArrayLike) -> NDArray[Any]:
    return elementwise(lambda x: logistic.sigmoid(x, times=logistic.sigmoid(-x)), x)


def onnx(op: OnnxBuilder, x: str) -> str:
    return op.Sigmoid(x)


def scalar_float32(x: float) -> float:
    """With z = −|x|, it is σ(z) left of zero and 1 − σ(z) right of it."""
    z = -abs(x)
    z = float32.LOW if z < float32.LOW else z
    less, power = float32.exp_parts(z)
    tail = float32.gate(1.0, less, power) * float32.DOWN
    return tail if x < 0.0 else 1.0 - tail


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "sigmoid",
            sigmoid,
            aliases=("logistic", "expit"),
            summary="Squeezes any number into (0, 1): the probability of a binary class.",
            formula="1 / (1 + exp(−x))",
            source="P.-F. Verhulst, Recherches mathématiques sur la loi d'accroissement de la "
            "population (1845); all frameworks.",
            range="(0, 1)",
            keeps_order=True,
            derivative=derivative,
            inplace=sigmoid,
            scalar=numbers.sigmoid,
            scalar_float32=scalar_float32,
            onnx=onnx,
            elsewhere={
                "thinc": "clips x to ±20 first",
                "FANN": "1 / (1 + exp(−2·s·x)) with a steepness s",
            },
        )
    ]
