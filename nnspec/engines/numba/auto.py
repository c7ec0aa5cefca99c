"""NumPy for a little work, machine code for much; the last bits of a row change on the way."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from nnspec.engines.numpy.program import Program as NumpyProgram

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.engines.numba.program import Program
    from nnspec.plan import Plan
    from nnspec.plugin.engine import Run

MUCH = 2_000_000_000
"""Operations, about 50 ms of NumPy: as long as it takes to read the machine code."""
OFTEN = 3
"""So many calls, and more will come."""


class Auto:
    """A plan that runs through NumPy, and after some calls or much work through the numba engine.

    So a small job, such as one run of the command line, imports and compiles nothing.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan, self._work, self._calls = plan, 0, 0
        self._lock = threading.Lock()
        self._numpy = NumpyProgram(plan)
        self._program: Program | None = None
        self._run: Run = self._counted

    @property
    def reason(self) -> str:
        """Why NumPy runs it; "" once the machine code does."""
        return self._program.reason if self._program else "there was too little to do so far"

    def __call__(self, x: NDArray[Any]) -> NDArray[Any]:
        """Run the rows of x, which is not written to."""
        return self._run(x)

    def wait(self, seconds: float | None = None) -> bool:
        """Compile now; wait until it is known what runs, and tell whether it is machine code."""
        return self._begin().wait(seconds)

    def _counted(self, x: NDArray[Any]) -> NDArray[Any]:
        self._calls += 1
        self._work += len(x) * self._plan.flops
        if self._calls >= OFTEN or self._work >= MUCH:
            self._begin()
        return self._numpy(x)

    def _begin(self) -> Program:
        from nnspec.engines.numba.program import Program

        with self._lock:
            if self._program is None:
                self._program = Program(self._plan, self._numpy)
                self._run = self._program
            return self._program
