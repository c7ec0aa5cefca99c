"""PyTorch, eager: `torch.nn.functional` step by step, on tensors that record no gradients."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.bench.peers import Peer
from nnspec.bench.walk import walk
from nnspec.diagnostics.quote import quote
from nnspec.errors import UsageError
from nnspec.plan import plan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from nnspec.model import Model
    from nnspec.plan import Step
    from nnspec.plugin.engine import Run

_PLAIN = {
    "sigmoid": "sigmoid",
    "relu": "relu",
    "relu6": "relu6",
    "tanh": "tanh",
    "mish": "mish",
    "softsign": "softsign",
    "log_sigmoid": "logsigmoid",
    "hard_swish": "hardswish",
}
"""Activation → the function of torch.nn.functional that is the same and takes no parameters."""


def _activation(name: str, parameters: Mapping[str, Any]) -> Callable[[Any], Any] | None:
    """Give the function of PyTorch, None where there is none or its parameters are others."""
    from torch.nn import functional

    if name in _PLAIN:
        plain: Callable[[Any], Any] = getattr(functional, _PLAIN[name])
        return plain
    if name in {"softmax", "log_softmax"}:
        return partial(getattr(functional, name), dim=1)
    if name == "gelu" and parameters["approximate"] in {"none", "tanh"}:
        return partial(functional.gelu, approximate=parameters["approximate"])
    if name == "silu" and parameters["beta"] == 1:
        return partial(functional.silu)
    if name in {"leaky_relu", "elu", "celu"}:
        return partial(getattr(functional, name), **parameters)
    return None


def _kernel(step: Step) -> Callable[..., Any]:
    import torch
    from torch.nn import functional

    settings = step.settings
    tensors = {
        key: torch.from_numpy(np.array(value))
        for key, value in settings.items()
        if isinstance(value, np.ndarray)
    }
    if step.op.name == "affine":
        weight = tensors["weight"].T.contiguous()
        return partial(functional.linear, weight=weight, bias=tensors.get("bias"))
    if step.op.name == "activate":
        found = _activation(settings["activation"].name, settings["parameters"])
        if found is None or tensors:
            name = quote(settings["activation"].name)
            raise UsageError(f"PyTorch has no {name} with these parameters")
        return found
    if step.op.name == "normalize":
        norm = functional.layer_norm if settings["center"] else functional.rms_norm
        return partial(norm, normalized_shape=(step.output[1],), eps=settings["epsilon"])
    if step.op.name == "scale":
        return partial(_scale, **tensors)
    if step.op.name == "clip":
        return partial(torch.clamp, min=tensors.get("low"), max=tensors.get("high"))
    if step.op.name == "concat":
        return lambda *parts: torch.cat(parts, dim=1)
    if step.op.name == "add":
        return lambda a, b: a + b
    if step.op.name == "identity":
        return lambda x: x
    raise UsageError(f"{step.name}: no form in PyTorch of the op {quote(step.op.name)}")


def _scale(x: Any, center: Any = None, scale: Any = None, shift: Any = None) -> Any:
    x = x if center is None else x - center
    x = x if scale is None else x * scale
    return x if shift is None else x + shift


def make(model: Model) -> Run:
    """Build the network; rows go in and out as NumPy arrays, which copies nothing."""
    import torch

    network = walk(plan(model.graph), _kernel)

    def run(x: NDArray[Any]) -> NDArray[Any]:
        y: NDArray[Any] = network(torch.from_numpy(x)).numpy()
        return y

    return run


PEER = Peer("torch", make, needs=("torch",), install="torch")
