"""A plan that runs through NumPy until its machine code is there, and then through that."""

from __future__ import annotations

import atexit
import os
import threading
from typing import TYPE_CHECKING, Any

from nnspec.engines.numba import maker
from nnspec.engines.numba.compiled import Compiled
from nnspec.engines.numba.unsupported import Unsupported
from nnspec.engines.numpy.program import Program as NumpyProgram

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nnspec.plan import Plan

_compiling = threading.Lock()
_threads: set[threading.Thread] = set()
_forked = False


def _after_fork() -> None:
    """A child of a process that was compiling has its locks, and not who would open them."""
    global _forked
    _forked = _compiling.locked()
    _threads.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


@atexit.register
def _finish() -> None:
    """Nothing compiles when Python ends, and no thread is within LLVM."""
    maker.stop()
    for thread in list(_threads):
        thread.join(2)


class Program:
    """A plan as calls: rows × inputs to a new array rows × outputs.

    Another process compiles what no network had before, 3 to 8 seconds; a thread of this one
    then reads the code, 0.1 s. Calls go through NumPy meanwhile, and are no slower for it.

    Results of the machine code may differ from NumPy's in the last bits, so the bits of a row are
    the same in every call from the end of `wait` on.

    Attributes:
        reason: why NumPy runs it; "" once the machine code does.
        through_numpy: the steps that NumPy runs even then, and why.
    """

    def __init__(self, plan: Plan, meanwhile: NumpyProgram | None = None) -> None:
        self._run: Callable[[NDArray[Any]], NDArray[Any]] = meanwhile or NumpyProgram(plan)
        self.reason = "it is being compiled"
        self.through_numpy: list[str] = []
        self._ended = threading.Event()
        if not plan.steps:
            self._end("there is nothing to compute")
        elif _forked:
            self._end("this process was forked while another compiled")
        else:
            thread = threading.Thread(
                target=self._compile, args=(plan,), name="nnspec-compile", daemon=True
            )
            _threads.add(thread)
            thread.start()

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
                compiled = Compiled(plan)
            self.through_numpy = compiled.through_numpy
            self._run = compiled
            self._end("")
        except Unsupported as reason:
            self._end(str(reason))
        except Exception as error:  # of a plugin, Numba or LLVM; NumPy runs the plan all the same
            self._end(f"{type(error).__name__}: {error}")
        finally:
            _threads.discard(threading.current_thread())

    def _end(self, reason: str) -> None:
        self.reason = reason
        self._ended.set()
