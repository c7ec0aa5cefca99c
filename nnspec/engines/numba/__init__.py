"""numba: the whole network in one call of machine code; it needs the extra `fast`.

A step that has no machine code is left to NumPy: an op of a plugin, an activation without a scalar
form (or with one whose results are not those of its function), or with parameters of units.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from nnspec.errors import MissingExtraError
from nnspec.plugin.engine import Engine
from nnspec.plugin.hookspecs import hookimpl

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nnspec.plan import Plan


def compile_plan(plan: Plan) -> Callable[[NDArray[Any]], NDArray[Any]]:
    """Give a program that runs through NumPy until its machine code is there.

    Raises:
        MissingExtraError: Numba is not installed.
    """
    if not _is_installed():
        raise MissingExtraError("the compiled engine", "fast")
    from nnspec.engines.numba.program import Program

    return Program(plan)


def compile_later(plan: Plan) -> Callable[[NDArray[Any]], NDArray[Any]]:
    """Give a program that runs through NumPy until there was much to do, or for ever without Numba.

    A small job, such as one run of the command line, then imports and compiles nothing.
    """
    if not _is_installed():
        from nnspec.engines.numpy.program import Program

        return Program(plan)
    from nnspec.engines.numba.auto import Auto

    return Auto(plan)


def _is_installed() -> bool:
    return find_spec("numba") is not None


def _why() -> str:
    return "nnspec[fast] is installed" if _is_installed() else ""


@hookimpl
def nnspec_engines() -> list[Engine]:
    """Register both."""
    return [
        Engine("numba", compile_plan, "The whole network as machine code; needs nnspec[fast]."),
        Engine("auto", compile_later, "NumPy at first, numba after some calls or much work.", _why),
    ]
