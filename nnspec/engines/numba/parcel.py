"""A plain Python function by value, so that another process can compile it.

The other process cannot import it: a plugin may be a file that was named on the command line.
"""

from __future__ import annotations

from importlib import import_module
from types import FunctionType, ModuleType
from typing import Any

from nnspec.engines.numba.scalars import world


def wrap(function: FunctionType) -> tuple[Any, ...]:
    """Give a function as what `marshal` can write: its code, and what it takes from its module.

    Examples:
        >>> def twice(x): return 2 * x
        >>> unwrap(wrap(twice))(4)
        8
    """
    globals_ = {name: _wrapped(value) for name, value in world(function).items()}
    return function.__code__, function.__name__, function.__defaults__, globals_


def unwrap(parcel: tuple[Any, ...]) -> FunctionType:
    """Make the function again."""
    code, name, defaults, globals_ = parcel
    values = {key: _unwrapped(*value) for key, value in globals_.items()}
    return FunctionType(code, values, name, defaults)


def _wrapped(value: Any) -> tuple[str, Any]:
    if isinstance(value, FunctionType) and not value.__module__.startswith("nnspec."):
        return "function", wrap(value)
    if isinstance(value, dict):
        return "module", {name: _wrapped(one) for name, one in value.items()}
    if callable(value):  # some of nnspec's are known as themselves, and replaced by others
        return "import", (value.__module__, value.__qualname__)
    return "value", value


def _unwrapped(kind: str, value: Any) -> Any:
    if kind == "function":
        return unwrap(value)
    if kind == "module":
        module = ModuleType("module")
        module.__dict__.update({name: _unwrapped(*one) for name, one in value.items()})
        return module
    if kind == "import":
        return getattr(import_module(value[0]), value[1])
    return value
