"""A folder that is its own index: its modules are found, never listed."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType


@cache
def names(package: str) -> tuple[str, ...]:
    """Name the modules of a package in order, without importing them.

    Examples:
        >>> "npz" in names("nnspec.weights.formats")
        True
    """
    path = importlib.import_module(package).__path__
    return tuple(sorted(module.name for module in pkgutil.iter_modules(path)))


def modules(package: str) -> tuple[ModuleType, ...]:
    """Import all modules of a package, in order of their names.

    Examples:
        >>> [module.__name__ for module in modules("nnspec.weights.formats")][-1]
        'nnspec.weights.formats.safetensors'
    """
    return tuple(importlib.import_module(f"{package}.{name}") for name in names(package))
