"""Ranges of rows on a thread per core, which are started once and kept."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import deque
from contextlib import ExitStack
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from nnspec.engines.numpy.affinity import send_off

if TYPE_CHECKING:
    from collections.abc import Callable

_LOOKING = 1e-4
"""Seconds that a caller looks for the end of the others' work before it sleeps: to be woken takes
as long."""
_GROUP = Path("/sys/fs/cgroup")


@cache
def cores() -> int:
    """Count the threads that this process may keep busy.

    OMP_NUM_THREADS says so, as to other libraries; else it is the cores that it may use, and in
    a container no more than it has time for.
    """
    wanted = os.environ.get("OMP_NUM_THREADS", "").split(",")[0].strip()
    if wanted.isdecimal() and int(wanted) > 0:
        return int(wanted)
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(usable or 1, _quota()))


def _quota() -> int:
    """Read how many cores' time a control group of Linux has, rounded up."""
    for names in (("cpu.max",), ("cpu/cpu.cfs_quota_us", "cpu/cpu.cfs_period_us")):
        try:
            texts = [(_GROUP / name).read_text(encoding="ascii") for name in names]
            quota, period = map(int, " ".join(texts).split())
        except (OSError, ValueError):  # there is none, or it says "max"
            continue
        if quota > 0 and period > 0:
            return -(-quota // period)
    return sys.maxsize


class _Helper:
    """A thread that sleeps in a lock until it is given something to do."""

    def __init__(self) -> None:
        self._wake, self._ended = threading.Lock(), threading.Lock()
        self._wake.acquire()
        self._ended.acquire()
        self._box: deque[Callable[[], None]] = deque()
        self._error: BaseException | None = None
        thread = threading.Thread(target=self._serve, name="nnspec", daemon=True)
        thread.start()
        self._thread = thread.native_id

    def give(self, work: Callable[[], None]) -> None:
        """Hand over some work."""
        self._box.append(work)
        if self._wake.locked():  # else it was woken before and has not noticed yet
            send_off(self._thread)
            self._wake.release()

    def settle(self) -> None:
        """Do the work here where it was not begun, else wait for its end; raise what it raised."""
        try:
            work = self._box.pop()
        except IndexError:
            self._wait()
            error, self._error = self._error, None
            if error is not None:
                raise error from None
        else:
            work()

    def _wait(self) -> None:
        until = time.perf_counter() + _LOOKING
        while time.perf_counter() < until:
            if self._ended.acquire(blocking=False):
                return
            time.sleep(0)  # lets the other thread have the interpreter
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
            except BaseException as error:  # the caller raises it
                self._error = error
            finally:
                self._ended.release()


@cache
def _crew() -> tuple[threading.Lock, list[_Helper]]:
    return threading.Lock(), [_Helper() for _ in range(cores() - 1)]


if hasattr(os, "register_at_fork"):
    # A child has none of its parent's threads, and would wait for them for ever.
    os.register_at_fork(after_in_child=_crew.cache_clear)


def run_all(work: Callable[[int, int], None], ranges: list[tuple[int, int]]) -> None:
    """Do `work(start, stop)` for every range, the first one on the caller's own thread.

    Every range has ended when this returns or raises. While the helpers are busy with another
    call, the caller does all. A future of the standard library costs more than a small batch: it
    takes a queue and two conditions, where a lock takes microseconds.
    """
    busy, helpers = _crew()
    if not busy.acquire(blocking=False):
        for one in ranges:
            work(*one)
        return
    try:
        helping = list(zip(helpers, ranges[1:], strict=False))
        for helper, (start, stop) in helping:
            helper.give(partial(work, start, stop))
        with ExitStack() as ends:
            for helper, _ in helping:
                ends.callback(helper.settle)
            for one in ranges[:1] + ranges[1 + len(helping) :]:
                work(*one)
    finally:
        busy.release()
