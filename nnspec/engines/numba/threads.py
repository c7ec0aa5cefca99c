"""Work that any number of threads may take part in, on a thread per core."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

from nnspec.engines.numpy.threads import cores

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max(1, cores() - 1), thread_name_prefix="nnspec")


if hasattr(os, "register_at_fork"):
    # A child has none of its parent's threads, and would wait for them for ever.
    os.register_at_fork(after_in_child=_pool.cache_clear)


def share(work: Callable[[], None], parts: int) -> None:
    """Do `work` on the caller's thread and on helpers, at most as many as there are parts.

    `work` returns when nothing is left to take: a helper that wakes too late is not waited for,
    and one that has begun is.
    """
    helpers = [_pool().submit(work) for _ in range(min(cores(), parts) - 1)]
    try:
        work()
    finally:
        for helper in helpers:
            if not helper.cancel():
                helper.result()
