"""numpy: tiles of rows through NumPy and its BLAS; it needs nothing else and runs everything."""

from __future__ import annotations

from nnspec.engines.numpy.program import Program
from nnspec.plugin.engine import Engine
from nnspec.plugin.hookspecs import hookimpl


@hookimpl
def nnspec_engines() -> list[Engine]:
    """Register the engine."""
    return [Engine("numpy", Program, "Tiles of rows through NumPy and its BLAS, on any machine.")]
