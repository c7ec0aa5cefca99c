"""A plan that runs through NumPy until its machine code is there, and then through that."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any

from nnspec.engines.numba.assemble import Unsupported
from nnspec.engines.numba.compiled import Compiled
from nnspec.engines.numpy.program import Program as NumpyProgram

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nnspec.plan import Plan

_compiling = threading.Lock()
_forked = False


def _after_fork() -> None:
    """A child of a process that was compiling has Numba's locks, and not who would open them."""
    global _forked
    _forked = _compiling.locked()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


class Program:
    """A plan as calls: rows × inputs to a new array rows × outputs.

    A thread compiles: 3 to 8 seconds the first time on a machine, then 0.1 s, since the code is
    read from the disk. Numba holds Python's lock for much of that. Calls meanwhile, measured with
    16 rows on two busy cores: the median 12 % slower, one in a hundred 9 ms, the worst 100 ms
    (10 ms where the code is read). Python does not end before that thread has.

    Results of the machine code may differ from NumPy's in the last bits, so the bits of a row are
    the same in every call from the end of `wait` on.

    Attributes:
        reason: why NumPy runs it; "" once the machine code does.
    """

    def __init__(self, plan: Plan, meanwhile: NumpyProgram | None = None) -> None:
        self._run: Callable[[NDArray[Any]], NDArray[Any]] = meanwhile or NumpyProgram(plan)
        self.reason = "it is being compiled"
        self._ended = threading.Event()
        if not plan.steps:
            self._end("there is nothing to compute")
        elif _forked:
            self._end("this process was forked while another compiled")
        else:
            threading.Thread(target=self._compile, args=(plan,), name="nnspec-compile").start()

    def __call__(self, x: NDArray[Any]) -> NDArray[Any]:
        """Run the rows of x, which is not written to."""
        return self._run(x)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is known what runs; tell whether it is the machine code."""
        self._ended.wait(seconds)
        return not self.reason

    def _compile(self, plan: Plan) -> None:
        try:
            with _compiling:
                self._run = Compiled(plan)
            self._end("")
        except Unsupported as reason:
            self._end(str(reason))
        except Exception as error:  # of a plugin, Numba or LLVM; NumPy runs the plan all the same
            self._end(f"{type(error).__name__}: {error}")

    def _end(self, reason: str) -> None:
        self.reason = reason
        self._ended.set()
