"""The machine at hand, as LLVM wants it described."""

from __future__ import annotations

from functools import cache
from typing import Any


def target() -> Any:
    """Describe this machine, anew each time: an engine of LLVM takes it for its own."""
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
