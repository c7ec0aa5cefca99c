"""NumPy as a person writes it from a textbook, one line a layer."""

from __future__ import annotations

from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.bench.peers import Peer
from nnspec.bench.walk import walk
from nnspec.plan import plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nnspec.model import Model
    from nnspec.plan import Step
    from nnspec.plugin.engine import Run

_SLOPE = 0.7978845608028654  # √(2/π)


def _softmax(x: NDArray[Any]) -> Any:
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _gelu(x: NDArray[Any], approximate: str) -> Any:
    from scipy.special import erf

    if approximate == "tanh":
        return 0.5 * x * (1 + np.tanh(_SLOPE * (x + 0.044715 * x * x * x)))
    if approximate == "sigmoid":
        return x / (1 + np.exp(-1.702 * x))
    return 0.5 * x * (1 + erf(x * 0.5**0.5))


_ACTIVATIONS: dict[str, Callable[..., Any]] = {
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "relu": lambda x: np.maximum(x, 0),
    "leaky_relu": lambda x, negative_slope: np.where(x > 0, x, negative_slope * x),
    "elu": lambda x, alpha: np.where(x > 0, x, alpha * np.expm1(x)),
    "silu": lambda x, beta: x / (1 + np.exp(-x if beta == 1 else -beta * x)),
    "mish": lambda x: x * np.tanh(np.log1p(np.exp(x))),
    "softplus": lambda x, beta=1.0: np.log1p(np.exp(beta * x)) / beta,
    "tanh": np.tanh,
    "gelu": _gelu,
    "softmax": _softmax,
}
"""As in a textbook, without care for large numbers. What is not here is taken from nnspec."""


def _affine(x: NDArray[Any], weight: NDArray[Any], bias: NDArray[Any] | None = None) -> Any:
    return x @ weight if bias is None else x @ weight + bias


def _normalize(x: NDArray[Any], center: bool, epsilon: float) -> Any:
    if center:
        x = x - x.mean(axis=1, keepdims=True)
    return x / np.sqrt((x * x).mean(axis=1, keepdims=True) + epsilon)


def _activate(x: NDArray[Any], activation: Any, parameters: Any, **learned: Any) -> Any:
    return activation.function(x, **parameters, **learned)


def _kernel(step: Step) -> Callable[..., Any]:
    settings = step.settings
    if step.op.name == "affine":
        return partial(_affine, **settings)
    if step.op.name == "activate":
        name = settings["activation"].name
        if (name == "gelu" and find_spec("scipy") is None) or name not in _ACTIVATIONS:
            return partial(_activate, **settings)
        return partial(_ACTIVATIONS[name], **settings["parameters"])
    if step.op.name == "normalize":
        return partial(_normalize, **settings)
    if step.op.name == "add":
        return lambda a, b: a + b
    size = step.output[1]

    def own(*inputs: NDArray[Any]) -> NDArray[Any]:
        out = np.empty((len(inputs[0]), size), inputs[0].dtype)
        step.op.kernel(inputs, out, **settings)
        return out

    return own


def make(model: Model) -> Run:
    """Write the network down."""
    return walk(plan(model.graph), _kernel)


PEER = Peer("numpy-by-hand", make)
