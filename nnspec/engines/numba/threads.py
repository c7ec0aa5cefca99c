"""Work that any number of threads may take part in, on threads that wait for it in a lock.

A future costs more than a small batch: it takes a queue and two conditions, where a lock takes
microseconds.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from functools import cache
from typing import TYPE_CHECKING

from nnspec.engines.numpy.threads import cores

if TYPE_CHECKING:
    from collections.abc import Callable


class _Helper:
    """A thread that sleeps until it is given something to do."""

    def __init__(self) -> None:
        self._wake, self._ended = threading.Lock(), threading.Lock()
        self._wake.acquire()
        self._ended.acquire()
        self._box: deque[Callable[[], None]] = deque()
        threading.Thread(target=self._serve, name="nnspec", daemon=True).start()

    def give(self, work: Callable[[], None]) -> None:
        self._box.append(work)
        if self._wake.locked():  # else it was woken before and has not noticed yet
            self._wake.release()

    def settle(self) -> None:
        """Take the work back where it was not begun, and wait for its end where it was."""
        try:
            self._box.pop()
        except IndexError:
            try:
                self._ended.acquire()
            except KeyboardInterrupt:  # the next call must not find the end of this one
                self._ended.acquire()
                raise

    def _serve(self) -> None:
        while True:
            self._wake.acquire()
            try:
                work = self._box.pop()
            except IndexError:
                continue
            try:
                work()
            finally:
                self._ended.release()


@cache
def _crew() -> tuple[threading.Lock, list[_Helper]]:
    return threading.Lock(), [_Helper() for _ in range(cores() - 1)]


if hasattr(os, "register_at_fork"):
    # A child has none of its parent's threads, and would wait for them for ever.
    os.register_at_fork(after_in_child=_crew.cache_clear)


def share(work: Callable[[], None]) -> None:
    """Do `work` on the caller's thread and on all helpers; it returns when nothing is left to take.

    While the helpers are busy with another call, the caller does it alone. A helper that wakes too
    late is not waited for.
    """
    busy, helpers = _crew()
    if not busy.acquire(blocking=False):
        work()
        return
    try:
        for helper in helpers:
            helper.give(work)
        try:
            work()
        finally:
            for helper in helpers:
                helper.settle()
    finally:
        busy.release()
