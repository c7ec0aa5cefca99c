"""Processes beside this one, which end with it whatever ends it."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from nnspec.errors import NnspecError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor

_SAFE_PATH = "PYTHONSAFEPATH"
_ENDING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def processes(
    count: int, prepare: Callable[..., None] | None = None, *arguments: Any
) -> Iterator[Executor]:
    """Start processes, have each of them call `prepare`, and give them out as a pool.

    Raises:
        NnspecError: the system ended one of them.
    """
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    with _safe_path():
        # A fork could copy a lock that a thread of a plugin holds.
        start = (prepare, arguments)
        pool = ProcessPoolExecutor(count, get_context("spawn"), _begin, start)
        try:
            with _undisturbed():
                for _ in range(count):  # a process is started for each thing to do
                    pool.submit(os.getpid)
            yield pool
        except BrokenExecutor as error:
            message = "a process was ended from outside, for want of memory perhaps"
            raise NnspecError(message) from error
        except KeyboardInterrupt:
            for child in active_children():  # nobody waits for what they are at
                child.terminate()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def _safe_path() -> Iterator[None]:
    """Keep new processes from importing what lies in the current folder, which may be foreign.

    Not the workers only: the pool's first lock starts Python's resource tracker.
    """
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put signals off while processes start; these inherit that, until they are ready.

    A process that is cut off half started tells its own traceback.
    """
    if threading.current_thread() is not threading.main_thread() or os.name == "nt":
        yield
        return
    came: list[int] = []
    before = {number: signal.signal(number, lambda n, _: came.append(n)) for number in _ENDING}
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
        for number, handler in before.items():
            signal.signal(number, handler)
        for arrived in came:
            signal.raise_signal(arrived)


def _begin(prepare: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    """Leave interrupts to the parent, and let a termination end this process, silently."""
    threading.Thread(target=_end_with_parent, name="nnspec-parent", daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    if prepare is not None:
        prepare(*arguments)


def _end_with_parent() -> None:
    """End where the parent was killed, which then could not say so."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
