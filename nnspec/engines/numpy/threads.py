"""Ranges of rows on a thread per core, which are started once and kept."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import ThreadPoolExecutor


@cache
def cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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
