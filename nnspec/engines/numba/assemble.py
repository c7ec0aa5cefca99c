"""Machine code in memory: from the disk where it is there, else made by Numba, then kept there.

What is read from the disk needs LLVM's loader alone; Numba is not even imported.
"""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING, Any

from nnspec.engines.numba import store

if TYPE_CHECKING:
    from collections.abc import Callable

_lock = threading.RLock()
_addresses: dict[str, int] = {}
_engines: list[Any] = []  # they own the code


class Unsupported(Exception):  # noqa: N818 - it ends no call: the NumPy engine takes the plan
    """What has no machine code; the sentence says why."""


def assemble(name: str, function: Callable[[], Callable[..., None]], arguments: int) -> int:
    """Give the address of a function of so many whole numbers.

    Called as `status(result, exception, *arguments)`, where the first two are addresses of eight
    bytes each; it never fails, and does not need Python's lock.

    Args:
        name: names the code, and all that it depends on beside the sources of this folder.
        function: gives what is compiled, where that must be done.
        arguments: how many.

    Raises:
        Unsupported: it cannot be compiled, or needs what this process does not have.
    """
    with _lock:
        if name not in _addresses:
            kept = store.read(name)
            address = _loaded(*kept) if kept is not None else None
            if address is None:
                line, code = _made(function(), arguments)
                store.write(name, line, code)
                address = _loaded(line, code)
            if address is None:
                raise Unsupported(f"{name} needs functions that are not there: {line}")
            _addresses[name] = address
        return _addresses[name]


def _made(function: Callable[..., None], arguments: int) -> tuple[str, bytes]:
    """Compile; give a line with the function's name and those of what it calls, and the code."""
    from llvmlite import binding

    from nnspec.engines.numba.codegen.jit import low_level

    try:
        text, entry = low_level(function, arguments)
    except Exception as error:  # Numba raises many kinds; each means that it cannot be done
        raise Unsupported(f"{type(error).__name__}: {error}") from error
    module = binding.parse_assembly(text)
    if any(variable.name.startswith(".const.picklebuf") for variable in module.global_variables):
        raise Unsupported("it may raise an exception")
    needs = [
        one.name
        for one in module.functions
        if one.is_declaration and not one.name.startswith("llvm.")
    ]
    return " ".join([entry, *needs]), _target().emit_object(module)


def _loaded(line: str, code: bytes) -> int | None:
    """Put code into memory; None where something that it calls is not there, which LLVM dies of."""
    from llvmlite import binding

    target = _target()
    entry, *needs = line.split(" ")
    if any(binding.address_of_symbol(name) is None for name in needs):
        return None
    engine = binding.create_mcjit_compiler(binding.parse_assembly(""), target)
    engine.add_object_file(binding.ObjectFileRef.from_data(code))
    engine.finalize_object()
    _engines.append(engine)
    return int(engine.get_function_address(entry)) or None


def _target() -> Any:
    """Describe this machine to LLVM, anew each time: an engine takes it for its own."""
    from llvmlite import binding

    _initialize()
    return binding.Target.from_default_triple().create_target_machine(
        cpu=binding.get_host_cpu_name(),
        features=binding.get_host_cpu_features().flatten(),
        opt=3,
        jit=True,
    )


@cache
def _initialize() -> None:
    from llvmlite import binding

    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
