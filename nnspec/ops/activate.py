"""activate: an activation function with its parameters, elementwise or by row."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.errors import PluginError
from nnspec.plugin.op import Op

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from nnspec.onnx_builder import OnnxBuilder
    from nnspec.plugin.activation import Activation


def size(sizes: Sequence[int], settings: Mapping[str, Any]) -> int:
    """Features out: as many as go in, unless the activation has a width of its own."""
    activation = settings["activation"]
    if activation.width is None:
        return sizes[0]
    return int(activation.width(sizes[0], **settings["parameters"]))


def kernel(
    inputs: Sequence[NDArray[Any]],
    out: NDArray[Any],
    *,
    activation: Activation,
    parameters: Mapping[str, Any],
    **learned: NDArray[Any],
) -> None:
    """Compute `activation(x, **parameters, **learned)`, as `bound` says."""
    bound(inputs[0], out, activation=activation, parameters=parameters, **learned)()


def bound(
    x: NDArray[Any],
    out: NDArray[Any],
    *,
    activation: Activation,
    parameters: Mapping[str, Any],
    **learned: NDArray[Any],
) -> Callable[[], None]:
    """Give a call that computes `activation(x, **parameters, **learned)` into `out`.

    What was learned has one number per feature of x, or one for all.

    A function sees x read-only: x may be the caller's data, or be read again in a residual.

    Raises:
        PluginError: from the call: the function raised, gave another shape or dtype than it took,
            or wrote to x.
    """
    if x is not out or activation.inplace is None:
        x = x.view()
        x.flags.writeable = False
    if activation.inplace is not None:
        work = partial(activation.inplace, x, out, **parameters, **learned)
    else:
        work = partial(_assign, activation, out, x, {**parameters, **learned})

    def call() -> None:
        try:
            work()
        except PluginError:
            raise
        except (Exception, SystemExit) as error:  # a plugin may raise anything; its name is needed
            raise PluginError(
                f"activation {activation.name!r} failed: {type(error).__name__}: {error}"
            ) from error

    return call


def _assign(
    activation: Activation, out: NDArray[Any], x: NDArray[Any], parameters: Mapping[str, Any]
) -> None:
    y = np.asarray(activation.function(x, **parameters))
    if y.shape != out.shape or y.dtype != x.dtype:
        raise PluginError(
            f"activation {activation.name!r} broke its promise: it took {x.dtype} of shape "
            f"{x.shape} and gave {y.dtype} of shape {y.shape}, not {out.shape}"
        )
    out[...] = y


def flops(sizes: Sequence[int], settings: Mapping[str, Any]) -> int:
    """One a feature, by convention: what a function costs depends on how it is computed."""
    return sizes[0]


def onnx(
    op: OnnxBuilder,
    inputs: Sequence[str],
    *,
    activation: Activation,
    parameters: Mapping[str, Any],
    **learned: NDArray[Any],
) -> str:
    """Give the activation's own form.

    Raises:
        ValueError: it has none.
    """
    if activation.onnx is None:
        raise ValueError(f"the activation {activation.name!r} has no ONNX form")
    return str(activation.onnx(op, inputs[0], **parameters, **learned))


ACTIVATE = Op("activate", size, kernel, flops, in_place=True, onnx=onnx)
