"""Machine code in memory: from the disk where it is there, else made and then kept there.

What is read from the disk needs LLVM's loader alone; Numba is not even imported.
"""

from __future__ import annotations

import ctypes
import os
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from nnspec.engines.numba import maker, store
from nnspec.engines.numba.target import target
from nnspec.engines.numba.unsupported import Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nnspec.engines.numba.making import Made
    from nnspec.engines.numba.recipe import Recipe

_lock = threading.RLock()
_addresses: dict[str, int] = {}
_reasons: dict[str, str] = {}
_engines: list[Any] = []  # they own the code


def prepare(recipes: Iterable[Recipe]) -> None:
    """Have all that is missing made at once."""
    with _lock:
        unknown = {one.name: one for one in recipes if not _is_known(one)}
        kept = {name: made for name in unknown if (made := store.read(name)) is not None}
        for name, made in kept.items():
            if _load(name, made):
                del unknown[name]
        missing = list(unknown.values())
        for recipe, made in zip(missing, maker.make(missing), strict=True):
            _load(recipe.name, made)


def address(recipe: Recipe) -> int:
    """Give the address of machine code.

    Raises:
        Unsupported: it cannot be compiled, or needs what this process does not have.
    """
    prepare([recipe])
    if recipe.name in _reasons:
        raise Unsupported(_reasons[recipe.name])
    return _addresses[recipe.name]


def _is_known(recipe: Recipe) -> bool:
    return recipe.name in _addresses or recipe.name in _reasons


def _load(name: str, made: Made) -> bool:
    """Put code into memory, or remember why there is none; tell whether it is there.

    What it calls must be there: LLVM would end the process else.
    """
    from llvmlite import binding

    line, code = made
    if not line:
        _reasons[name] = code.decode()
        return False
    machine = target()
    entry, *needs = line.split(" ")
    missing = [symbol for symbol in needs if not _is_there(symbol)]
    if missing:
        _reasons[name] = f"it needs functions that are not there: {', '.join(missing)}"
        return False
    engine = binding.create_mcjit_compiler(binding.parse_assembly(""), machine)
    engine.add_object_file(binding.ObjectFileRef.from_data(code))
    engine.finalize_object()
    _engines.append(engine)
    _reasons.pop(name, None)
    _addresses[name] = engine.get_function_address(entry)
    return True


def _is_there(symbol: str) -> bool:
    """Tell whether LLVM finds a function of the system, which it may have to be shown."""
    from llvmlite import binding

    if binding.address_of_symbol(symbol) is None:
        libraries = ("kernel32", "ucrtbase") if os.name == "nt" else (None,)
        for library in libraries:
            with suppress(AttributeError, OSError):
                found = ctypes.cast(getattr(ctypes.CDLL(library), symbol), ctypes.c_void_p).value
                binding.add_symbol(symbol, found)
                return True
        return False
    return True
