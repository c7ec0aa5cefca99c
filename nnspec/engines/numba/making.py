"""Machine code made by Numba, which the process that makes it keeps on disk as well."""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from nnspec.engines.numba import machine as machines
from nnspec.engines.numba import parcel, store
from nnspec.engines.numba.recipe import Recipe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Made = tuple[str, bytes]
"""A line with the function's name and those of what it calls; and the code, or, where the line is
empty, why there is none."""


def make(recipes: Iterable[Recipe]) -> list[Made]:
    """Compile, one after the other."""
    return [_made(recipe) for recipe in recipes]


def request(recipes: Sequence[Recipe]) -> bytes:
    """Write down what another process is to make, for `main`.

    Raises:
        ValueError: a function uses what cannot be written down.
    """
    wanted = [
        (one.kind, one.itemsize, one.scalar and parcel.wrap(one.scalar), one.single)
        for one in recipes
    ]
    return marshal.dumps((astuple(machines.machine()), wanted))


def main() -> None:
    """Make what standard input asks for, and write it to standard output."""
    with suppress(AttributeError, OSError):
        os.nice(10)
    machine, wanted = marshal.load(sys.stdin.buffer)  # noqa: S302 - of who started this process
    machines.use(machines.Machine(*machine))
    recipes = [
        Recipe(kind, itemsize, scalar and parcel.unwrap(scalar), single)
        for kind, itemsize, scalar, single in wanted
    ]
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    marshal.dump(make(recipes), answers)
    answers.flush()


def _made(recipe: Recipe) -> Made:
    from llvmlite import binding

    from nnspec.engines.numba.codegen.jit import low_level
    from nnspec.engines.numba.target import target

    try:
        text, entry = low_level(recipe.source(), recipe.arguments)
    except Exception as error:  # Numba raises many kinds; each means that it cannot be done
        return "", f"{type(error).__name__}: {error}".encode()
    module: Any = binding.parse_assembly(text)
    if any(variable.name.startswith(".const.picklebuf") for variable in module.global_variables):
        return "", b"it may raise an exception"
    needs = [
        one.name
        for one in module.functions
        if one.is_declaration and not one.name.startswith("llvm.")
    ]
    made = " ".join([entry, *needs]), target().emit_object(module)
    store.write(recipe.name, *made)
    return made
