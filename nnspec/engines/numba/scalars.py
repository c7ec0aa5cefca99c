"""An activation's scalar form, a plain Python function, as one that Numba compiles.

Its helpers are found where it finds them: other plain functions among its globals are compiled
too, and `math.exp`, `math.expm1` and `math.tanh` become those that LLVM vectorises.
"""

from __future__ import annotations

import dis
import hashlib
from types import CodeType, FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

from numpy import float32

from nnspec.engines.numba.unsupported import Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


def names(scalar: Callable[..., Any] | None, inputs: int) -> tuple[str, ...]:
    """Name the parameters that a scalar form of so many inputs takes; none if it is no function."""
    code = getattr(scalar, "__code__", None)
    return () if code is None else code.co_varnames[inputs : code.co_argcount]


def fixed(scalar: Callable[..., Any], parameters: Mapping[str, Any], inputs: int) -> FunctionType:
    """Give a scalar form with its parameters as defaults.

    Numba takes those for constants: a branch on one is chosen when it is compiled.

    Raises:
        Unsupported: it is no plain function of so many inputs and these parameters.
    """
    if not isinstance(scalar, FunctionType) or scalar.__closure__:
        raise Unsupported("the scalar form is no plain function")
    code = scalar.__code__
    taken = names(scalar, inputs)
    if code.co_kwonlyargcount or code.co_flags & 12 or set(taken) != set(parameters):
        raise Unsupported(
            f"the scalar form takes {', '.join(taken) or 'no parameters'}, not "
            f"{', '.join(parameters) or 'none'}"
        )
    values = tuple(parameters[name] for name in taken)
    if not all(isinstance(value, float | int | str | bool) for value in values):
        raise Unsupported("a parameter has a number of its own for each unit")
    return FunctionType(code, scalar.__globals__, scalar.__name__, values)


def fingerprint(function: FunctionType) -> str:
    """Name a function by all that it does: its code, its constants and its helpers'."""
    digest = hashlib.sha256()
    for part in _parts(function, set()):
        digest.update(repr(part).encode() + b"\0")
    return digest.hexdigest()[:32]


def _parts(function: FunctionType, seen: set[CodeType]) -> Iterator[Any]:
    code = function.__code__
    if code in seen:
        return
    seen.add(code)
    yield code.co_code, code.co_consts, code.co_names, code.co_varnames, function.__defaults__
    for name, value in world(function).items():
        for key, one in value.items() if isinstance(value, dict) else [(name, value)]:
            yield name, key
            if isinstance(one, FunctionType):
                yield from _parts(one, seen)
            elif not callable(one):
                yield one


def world(function: FunctionType) -> dict[str, Any]:
    """Find what a function takes from its module: values, and a dictionary for a module."""
    names, found = function.__globals__, {}
    steps = list(dis.get_instructions(function.__code__))
    attributes = [step.argval for step in steps if step.opname in {"LOAD_ATTR", "LOAD_METHOD"}]
    for name in {step.argval for step in steps if step.opname == "LOAD_GLOBAL"} & names.keys():
        value = names[name]
        if isinstance(value, ModuleType):
            value = {key: getattr(value, key) for key in attributes if hasattr(value, key)}
        found[name] = value
    return dict(sorted(found.items()))


def translated(function: FunctionType, itemsize: int, *, single: bool = False) -> Any:
    """Give a function and its helpers in a form that compiled code can call.

    Args:
        function: the scalar form.
        itemsize: bytes of the numbers that it is for.
        single: every constant becomes a float32, so that all is computed in single precision.

    Raises:
        Unsupported: one calls itself.
    """
    from nnspec.engines.numba.codegen.mathematics import replacements

    return _translated(function, dict(replacements(itemsize)), float32 if single else float)


def _translated(value: Any, done: dict[Any, Any], number: type) -> Any:
    from nnspec.engines.numba.codegen.jit import inlined

    if isinstance(value, dict):
        module = ModuleType("module")
        module.__dict__.update({key: _translated(one, done, number) for key, one in value.items()})
        return module
    if isinstance(value, float):
        return number(value)
    if isinstance(value, tuple):
        return tuple(_translated(one, done, number) for one in value)
    if callable(value) and value in done:
        if done[value] is None:
            raise Unsupported(f"{value.__name__} calls itself")
        return done[value]
    if not isinstance(value, FunctionType):
        return value
    done[value] = None
    values = {name: _translated(one, done, number) for name, one in world(value).items()}
    constants = tuple(_translated(one, done, number) for one in value.__code__.co_consts)
    code = value.__code__.replace(co_consts=constants)
    copy = FunctionType(code, values, value.__name__, value.__defaults__)
    done[value] = inlined(copy)
    return done[value]
