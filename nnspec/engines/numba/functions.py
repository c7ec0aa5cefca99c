"""Which machine code stands for an activation, if it does what the array function does."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.engines.numba.assemble import address
from nnspec.engines.numba.columns import Code
from nnspec.engines.numba.machine import machine
from nnspec.engines.numba.recipe import Recipe
from nnspec.engines.numba.scalars import fixed, names
from nnspec.engines.numba.unsupported import Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from nnspec.plan import Step
    from nnspec.plugin.activation import Activation

_NEAR = {("each_float32", 4): 3, ("each", 4): 1, ("each", 8): 2, ("rows", 4): 1, ("rows", 8): 2}
"""How many numbers of the type may lie from the array function's result to the kernel's."""
_CALL = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_int64] * 6)


def function(step: Step, dtype: np.dtype[Any]) -> tuple[Code, int]:
    """Give what to do for a step with an activation, and the address of its kernel.

    Raises:
        Unsupported: the activation has no scalar form, or one that does not give its values.
    """
    activation, parameters = step.settings["activation"], step.settings["parameters"]
    code = Code.ROWS if activation.rowwise else Code.EACH
    made = recipe(step, dtype)
    place = address(made)
    near = _NEAR[made.kind, dtype.itemsize]
    fault = _fault(activation.function, tuple(parameters.items()), place, dtype, near)
    if fault:
        raise Unsupported(f"the scalar form of {activation.name} {fault}")
    return code, place


def recipe(step: Step, dtype: np.dtype[Any]) -> Recipe:
    """Give what the machine code of an activation is made of.

    Raises:
        Unsupported: the activation has no scalar form that can be compiled.
    """
    settings = dict(step.settings)
    activation, parameters = settings.pop("activation"), settings.pop("parameters")
    if activation.scalar is None:
        raise Unsupported(f"{activation.name} has no scalar form")
    if settings or activation.width is not None:
        raise Unsupported(f"{activation.name} has parameters of units, or a width of its own")
    if dtype == np.float32 and machine().fma:
        taken = _single(activation, parameters)
        if taken is not None:
            return Recipe("each_float32", 4, fixed(activation.scalar_float32, taken, 1))
    scalar = fixed(activation.scalar, parameters, 2 if activation.rowwise else 1)
    return Recipe("rows" if activation.rowwise else "each", dtype.itemsize, scalar)


def _single(activation: Activation, parameters: Mapping[str, Any]) -> dict[str, Any] | None:
    """Give the parameters of the form in single precision, or None where it will not do."""
    if activation.scalar_float32 is None:
        return None
    taken = names(activation.scalar_float32, 1)
    for name, value in parameters.items():
        default = activation.parameters[name].get("default")
        if name not in taken and (not isinstance(value, float | int | str) or value != default):
            return None
    return {name: value for name, value in parameters.items() if name in taken}


@cache
def _fault(
    function: Callable[..., Any],
    parameters: tuple[tuple[str, Any], ...],
    place: int,
    dtype: np.dtype[Any],
    near: int,
) -> str:
    """Hold a kernel against the array function, on numbers of every size; "" if it is right."""
    x = _samples(dtype)
    with np.errstate(all="ignore"):
        expected = np.asarray(function(x, **dict(parameters)))
    if expected.shape != x.shape or expected.dtype != x.dtype:
        return "stands for a function that gives another shape or dtype than it takes"
    y, status = x.copy(), np.zeros(2, np.int64)
    here = status.ctypes.data
    _CALL(place)(here, here + 8, y.ctypes.data, *y.shape, y.shape[1])
    apart = _apart(y, expected)
    if apart.max() <= near:
        return ""
    row, column = np.unravel_index(int(apart.argmax()), apart.shape)
    return f"gives {y[row, column]} near {x[row, column]}, and the function {expected[row, column]}"


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
    return np.ascontiguousarray(numbers.reshape(-1, 16))


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
