"""Apply a function of rows to arrays of any shape, layout and precision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.numerics.elementwise import CHUNK, floating
from nnspec.numerics.quiet import quietly

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import ArrayLike, NDArray


def rowwise(
    kernel: Callable[..., NDArray[Any]],
    x: ArrayLike,
    out: NDArray[Any] | None = None,
    *,
    single: Callable[..., NDArray[Any]] | None = None,
    **parameters: Any,
) -> NDArray[Any]:
    """Apply a kernel to each row of x, along its last axis; a number alone is a row of one.

    As `elementwise`, but a kernel gets a block of whole rows; it works on each by itself.

    Examples:
        >>> rowwise(lambda rows: rows - rows.max(-1, keepdims=True), [[1.0, 3.0], [5.0, 4.0]])
        array([[-2.,  0.],
               [ 0., -1.]])
    """
    x = floating(x)
    if out is None:
        out = np.empty(x.shape, x.dtype)
    if x.size:
        cheaper = single is not None and x.dtype == np.float32
        quietly(_by_blocks, single if cheaper else kernel, x, out, parameters)
    return out


def _by_blocks(
    kernel: Callable[..., NDArray[Any]],
    x: NDArray[Any],
    out: NDArray[Any],
    parameters: Mapping[str, Any],
) -> None:
    width = x.shape[-1] if x.ndim else 1
    step = max(1, CHUNK // width)
    if x.ndim == 2 and len(x) <= step:  # a microsecond counts where there are few
        out[...] = kernel(np.ascontiguousarray(x, np.float64), **parameters)
        return
    source = np.ascontiguousarray(x).reshape(-1, width)
    target = out.reshape(-1, width) if out.flags.c_contiguous else np.empty_like(source)
    for start in range(0, len(source), step):
        block = source[start : start + step].astype(np.float64, copy=False)
        target[start : start + step] = kernel(block, **parameters)
    if not out.flags.c_contiguous:
        out[...] = target.reshape(out.shape)
