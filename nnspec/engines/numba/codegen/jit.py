"""Numba's decorators with the options that hold throughout the engine, and with types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., object]")

_OPTIONS: dict[str, Any] = {"error_model": "numpy", "_nrt": False}
"""A division by zero is what IEEE 754 says. Never `fastmath`: sums keep their order, and NaN and
infinities what they mean. Nothing is allocated, so nothing counts references."""


def jitted(function: F) -> F:
    """Compile a function when it is first called from compiled code."""
    made: F = numba.njit(**_OPTIONS)(function)
    return made


def inlined(function: F) -> F:
    """Likewise, for what LLVM shall see as a part of its caller."""
    made: F = numba.njit(forceinline=True, **_OPTIONS)(function)
    return made


def low_level(function: Callable[..., None], arguments: int) -> tuple[str, str]:
    """Compile a function of so many whole numbers to LLVM code, and give its name in that.

    In that code it takes two addresses first, of where Numba puts a result and an exception, and
    gives a status; ours has no use for them.
    """
    signature = numba.void(*[numba.int64] * arguments)
    made = numba.njit(no_cpython_wrapper=True, no_cfunc_wrapper=True, **_OPTIONS)(function)
    made.compile(signature)
    (result,) = made.overloads.values()
    return result.library.get_llvm_str(), result.fndesc.llvm_func_name
