"""A kernel of machine code, held against the array function that it stands for."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

COLUMNS = 16
"""Of the rows that a kernel is tried on."""
_NEAR = {4: 1, 8: 2}
"""How many numbers may lie from the array function's result to that of a kernel, by the bytes of a
number."""
_NEAR_SINGLE = 3
"""Likewise for one that is written for single precision."""

Learned = tuple[tuple[str, tuple[float, ...]], ...]


@cache
def fault(
    kind: str,
    single: bool,
    place: int,
    function: Callable[..., Any],
    parameters: tuple[tuple[str, Any], ...],
    dtype: np.dtype[Any],
    learned: Learned,
) -> str:
    """Try a kernel on numbers of every size; say what is wrong, "" if nothing is.

    Args:
        kind: of its recipe.
        single: whether it is written for single precision.
        place: its address.
        function: the array function, with these parameters.
        parameters: one value each.
        dtype: of the numbers.
        learned: parameters with a value for each of COLUMNS units.
    """
    x = _samples(dtype)
    arrays = {name: np.array(values, dtype) for name, values in learned}
    with np.errstate(all="ignore"):
        expected = np.asarray(function(x, **dict(parameters), **arrays))
    wanted = (len(x), COLUMNS // 2) if kind == "pairs" else x.shape
    if expected.shape != wanted or expected.dtype != x.dtype:
        return "stands for a function that gives another shape or dtype"
    y = _called(kind, place, x, expected.shape, [values for _, values in learned])
    apart = _apart(y, expected)
    if apart.max() <= (_NEAR_SINGLE if single else _NEAR[dtype.itemsize]):
        return ""
    row, column = np.unravel_index(int(apart.argmax()), apart.shape)
    return f"gives {y[row, column]} near {x[row, column]}, and the function {expected[row, column]}"


def _called(
    kind: str, place: int, x: NDArray[Any], shape: tuple[int, ...], constants: list[Any]
) -> NDArray[Any]:
    """Run a kernel on a copy of x."""
    rows, width = x.shape
    x, y, held = x.copy(), np.empty(shape, x.dtype), np.array(constants, np.float64)
    arguments = [x.ctypes.data, rows, width, width]
    if constants:
        arguments.append(held.ctypes.data)
    if kind == "pairs":
        arguments = [x.ctypes.data, width, rows, shape[1], y.ctypes.data, shape[1]]
    status = np.zeros(2, np.int64)
    here = status.ctypes.data
    call = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_int64] * (2 + len(arguments)))(place)
    call(here, here + 8, *arguments)
    return y if kind == "pairs" else x


def _samples(dtype: np.dtype[Any]) -> NDArray[Any]:
    """Make rows of every exponent, of ordinary numbers, and of what is none."""
    random = np.random.default_rng(0)
    limits = np.finfo(dtype)
    powers = np.ldexp(
        random.uniform(1, 2, 512).astype(dtype),
        random.integers(limits.minexp - limits.nmant, limits.maxexp, 512),
    )
    spread = [random.normal(0, width, 512) for width in (0.1, 1, 10, 100, 1000)]
    special = np.resize([0.0, -0.0, np.inf, -np.inf, np.nan, 1.0, -1.0, 0.5], 512)
    numbers = np.stack([powers, -powers, *spread, special]).astype(dtype)
    return np.ascontiguousarray(numbers.reshape(-1, COLUMNS))


def _apart(a: NDArray[Any], b: NDArray[Any]) -> NDArray[Any]:
    """Count the numbers of a type that lie from one to the other; from NaN to NaN none."""
    signed = np.int32 if a.dtype == np.float32 else np.int64
    unsigned = np.uint32 if a.dtype == np.float32 else np.uint64
    below = np.array(np.iinfo(signed).max, unsigned)  # all bits but the sign
    size_a = np.bitwise_and(a.view(unsigned), below)
    size_b = np.bitwise_and(b.view(unsigned), below)
    between = np.where(size_a > size_b, size_a - size_b, size_b - size_a)
    apart = np.where(np.signbit(a) == np.signbit(b), between, size_a + size_b)
    result: NDArray[Any] = np.where(np.isnan(a) & np.isnan(b), 0, apart)
    return result
