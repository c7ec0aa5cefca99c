"""Ranges of rows on a thread per core, which are started once and kept."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import ThreadPoolExecutor


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
            texts = [Path("/sys/fs/cgroup", name).read_text(encoding="ascii") for name in names]
            quota, period = map(int, " ".join(texts).split())
        except (OSError, ValueError):  # there is none, or it says "max"
            continue
        if quota > 0 and period > 0:
            return -(-quota // period)
    return sys.maxsize


@cache
def _pool() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(max(1, cores() - 1), thread_name_prefix="nnspec")


if hasattr(os, "register_at_fork"):
    # A child has none of its parent's threads, and would wait for them for ever.
    os.register_at_fork(after_in_child=_pool.cache_clear)


def run_all(work: Callable[[int, int], None], ranges: Sequence[tuple[int, int]]) -> None:
    """Do `work(start, stop)` for every range, the first one on the caller's own thread.

    Every range has ended when this returns or raises.
    """
    waiting = [_pool().submit(work, start, stop) for start, stop in ranges[1:]]
    try:
        work(*ranges[0])
    finally:
        errors = [error for one in waiting if (error := one.exception()) is not None]
    if errors:
        raise errors[0]
