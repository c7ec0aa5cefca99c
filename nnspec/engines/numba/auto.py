"""NumPy for a little work, machine code for much; the last bits of a row change on the way."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from nnspec.engines.numpy.program import Program as NumpyProgram

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nnspec.plan import Plan

MUCH = 100_000_000_000
"""Operations, about two seconds of NumPy: as long as it takes to compile, the first time."""


class Auto:
    """A plan that runs through NumPy, and from some amount of work on through the numba engine.

    So a small job, such as one run of the command line, imports and compiles nothing.
    """

    def __init__(self, plan: Plan, much: int = MUCH) -> None:
        self._plan, self._left = plan, much
        self._lock = threading.Lock()
        self._numpy = NumpyProgram(plan)
        self._run: Callable[[NDArray[Any]], NDArray[Any]] = self._counted

    def __call__(self, x: NDArray[Any]) -> NDArray[Any]:
        """Run the rows of x, which is not written to."""
        return self._run(x)

    def _counted(self, x: NDArray[Any]) -> NDArray[Any]:
        with self._lock:
            before = self._left
            self._left -= len(x) * self._plan.flops
            if self._left <= 0 < before:
                from nnspec.engines.numba.program import Program

                self._run = Program(self._plan, self._numpy)
        return self._numpy(x)
