"""Keep a thread that is woken off the core of who wakes it."""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress
from functools import cache


def send_off(thread: int | None) -> None:
    """Let a thread run on any core but the caller's, where the system can be told so.

    One that is woken may be put on the core of who wakes it, and waits there until that has done
    all its work, though another core has nothing to do.
    """
    if thread is None:  # the system does not number its threads
        return
    with suppress(AttributeError, OSError, TypeError):
        others = os.sched_getaffinity(0) - {_libc().sched_getcpu()}
        os.sched_setaffinity(thread, others)


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None)
