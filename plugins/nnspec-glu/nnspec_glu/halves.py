"""What the gated units share: two halves of a row, of which one is the gate of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.numerics.elementwise import CHUNK, floating

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from nnspec.onnx_builder import OnnxBuilder

GATE = {
    "type": "string",
    "title": "Which half is the gate",
    "description": "last: the second half of the features, as in PyTorch and Keras; first: the "
    "first half, as where a gate and a value projection are stored side by side.",
    "enum": ["last", "first"],
    "default": "last",
}


def width(size: int, **_: Any) -> int:
    """Give half of the features.

    Raises:
        ValueError: their number is odd.

    Examples:
        >>> width(6)
        3
    """
    if size % 2:
        raise ValueError(f"{size} features cannot be halved into values and gates")
    return size // 2


def gated(
    kernel: Callable[..., NDArray[Any]],
    x: ArrayLike,
    gate: str,
    *,
    single: Callable[..., NDArray[Any]] | None = None,
    **parameters: Any,
) -> NDArray[Any]:
    """Halve the last axis of x and apply a kernel to values and gates.

    A kernel gets two blocks of float64, which are contiguous, and gives one; `single` is a
    cheaper kernel for numbers that come from float32. The result has the dtype of x and half
    of its last axis.

    Raises:
        ValueError: x has an odd number of features, or is a number alone.

    Examples:
        >>> gated(np.subtract, [[5.0, 6.0, 1.0, 2.0]], "last")
        array([[4., 4.]])
        >>> gated(np.subtract, [[5.0, 6.0, 1.0, 2.0]], "first")
        array([[-4., -4.]])
    """
    x = floating(x)
    half = width(x.shape[-1] if x.ndim else 1)
    result = np.empty((*x.shape[:-1], half), x.dtype)
    if result.size == 0:
        return result
    source = np.ascontiguousarray(x).reshape(-1, 2 * half)
    target = result.reshape(-1, half)
    if x.dtype == np.float32 and single is not None:
        kernel = single
    step = max(1, CHUNK // half)
    with np.errstate(all="ignore"):  # results may overflow, or underflow: that is their value
        for start in range(0, len(source), step):
            rows = source[start : start + step]
            blocks = [np.array(rows[:, part], np.float64, order="C") for part in _parts(half, gate)]
            target[start : start + step] = kernel(*blocks, **parameters)
    return result


def _parts(half: int, gate: str) -> tuple[slice, slice]:
    first, last = slice(0, half), slice(half, 2 * half)
    return (first, last) if gate == "last" else (last, first)


def value_and_gate(first: float, last: float, gate: str) -> tuple[float, float]:
    """Give a number of each half in the order of the formula, for engines that compile.

    Examples:
        >>> value_and_gate(1.0, 2.0, "first")
        (2.0, 1.0)
    """
    return (first, last) if gate == "last" else (last, first)


def onnx_halves(op: OnnxBuilder, x: str, gate: str) -> tuple[str, str]:
    """Give the names of values and gates, as ONNX splits them."""
    first, last = op.add("Split", x, outputs=2, axis=-1, num_outputs=2)
    return (first, last) if gate == "last" else (last, first)
