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


def by_suffix(package: str, suffix: str) -> ModuleType | None:
    """Find the module that has a file's suffix among its SUFFIXES.

    One of that name is tried first, so that mostly no other is imported.

    Examples:
        >>> by_suffix("nnspec.weights.formats", ".npz").__name__
        'nnspec.weights.formats.npz'
    """
    wanted = suffix.lower()
    first = sorted(names(package), key=lambda name: name != wanted.removeprefix("."))
    found = (importlib.import_module(f"{package}.{name}") for name in first)
    return next((module for module in found if wanted in module.SUFFIXES), None)
