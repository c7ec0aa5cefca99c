"""step: one above a threshold, zero elsewhere.

    f(x) = 1 if x > θ, else 0

Examples:
    >>> step([-1.0, 0.0, 0.1])
    array([0., 0., 1.])
    >>> step([0.4, 0.6], theta=0.5)
    array([0., 1.])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics.elementwise import elementwise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder


def _step(x: NDArray[Any], theta: float) -> NDArray[Any]:
    return np.where(np.isnan(x), x, x > theta)


def step(x: ArrayLike, out: NDArray[Any] | None = None, *, theta: float = 0.0) -> NDArray[Any]:
    return elementwise(_step, x, out, theta=theta)


def derivative(x: ArrayLike, *, theta: float = 0.0) -> NDArray[Any]:
    return elementwise(lambda x: np.where(np.isnan(x), x, 0.0), x)


def onnx(op: OnnxBuilder, x: str, *, theta: float = 0.0) -> str:
    above = op.Greater(x, op.limit(theta))
    return op.Where(op.IsNaN(x), x, op.Where(above, op.constant(1), op.constant(0)))


def scalar(x: float, theta: float = 0.0) -> float:
    above = 1.0 if x > theta else 0.0
    return above if x == x else x  # NaN is not equal to itself


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    return [
        nnspec.Activation(
            "step",
            step,
            parameters={
                "theta": {
                    "type": "number",
                    "title": "Threshold θ",
                    "description": "Inputs above it give 1, it and what is below give 0.",
                    "default": 0.0,
                },
            },
            aliases=("unit_step",),
            summary="Fires or does not: the activation of the perceptron.",
            formula="1 if x > θ, else 0",
            source="W. S. McCulloch, W. Pitts, A logical calculus of the ideas immanent in "
            "nervous activity (1943); F. Rosenblatt, The perceptron (1958).",
            range="{0, 1}",
            keeps_order=True,
            derivative=derivative,
            inplace=step,
            scalar=scalar,
            onnx=onnx,
            elsewhere={
                "PMML": "called threshold",
                "Caffe": "called Threshold",
                "FANN": "called threshold",
                "PyTorch": "torch.heaviside gives a chosen value at 0; nn.Threshold is another "
                "function, x above the threshold and a constant elsewhere",
            },
        )
    ]
