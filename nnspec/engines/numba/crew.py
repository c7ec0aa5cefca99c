"""One thread for each further core, which helps whoever asks first; see `codegen.crew`.

A helper that has gone to sleep waits in a lock of Python's. The caller wakes it and goes on: a
helper that comes too late finds nothing to do.
"""

from __future__ import annotations

import ctypes
import os
import threading
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from nnspec.engines.numba.assemble import address
from nnspec.engines.numba.packing import aligned
from nnspec.engines.numba.recipe import Recipe
from nnspec.engines.numpy.affinity import send_off
from nnspec.engines.numpy.threads import cores

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

AWAKE, GIVEN, WORKING, ASLEEP = range(4)
"""What the first word of a mailbox says."""
ARGUMENTS = 64
"""Bytes from there to the arguments."""
MAILBOX = 128
"""Bytes of a mailbox."""
SCRATCH = ARGUMENTS // 8 + 6
"""The word for a helper's own scratch."""


class Crew:
    """Threads and their mailboxes.

    Attributes:
        free: held by the one call that they help.
    """

    def __init__(self, helpers: int) -> None:
        self.free = threading.Lock()
        self._words = aligned(np.zeros(helpers * MAILBOX // 8), np.int64)
        at = self._words.ctypes.data
        self._states = [ctypes.c_int64.from_address(at + k * MAILBOX) for k in range(helpers)]
        self._scratch = [
            ctypes.c_int64.from_address(at + k * MAILBOX + SCRATCH * 8) for k in range(helpers)
        ]
        self._held: Sequence[object] = ()
        self._lead = _function("lead")
        self._call = at, helpers
        self._locks = [threading.Lock() for _ in range(helpers)]
        for state, lock in zip(self._states, self._locks, strict=True):
            state.value = ASLEEP
            lock.acquire()
        serve = _function("serve")
        self._threads: list[int | None] = []
        for k, lock in enumerate(self._locks):
            arguments = serve, lock, at + k * MAILBOX, self._words
            thread = threading.Thread(target=_serve, args=arguments, name="nnspec", daemon=True)
            thread.start()
            self._threads.append(thread.native_id)

    def lead(
        self, here: int, call: tuple[int, ...], scratch: Sequence[int], held: Sequence[object]
    ) -> None:
        """Do a call of `run` with all helpers; the caller holds `free`.

        Args:
            here: the address of two words that Numba writes to.
            call: the address of `run` and its arguments.
            scratch: for each helper, room for a block.
            held: what the addresses point into. It lives until the next call, even where this one
                is interrupted.
        """
        self._held = held
        for state, lock, own, room, thread in zip(
            self._states, self._locks, self._scratch, scratch, self._threads, strict=True
        ):
            own.value = room
            if state.value == ASLEEP:
                state.value = AWAKE
                send_off(thread)
                lock.release()
        self._lead(here, here + 8, *self._call, *call)


def _serve(
    serve: Callable[..., None], lock: threading.Lock, at: int, words: NDArray[np.int64]
) -> None:
    """Help until the process ends; `words` are what `at` is an address of."""
    status = np.zeros(2, np.int64)
    here = status.ctypes.data
    while True:
        lock.acquire()
        serve(here, here + 8, at)


def _function(kind: str) -> Callable[..., None]:
    recipe = Recipe(kind)
    call = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_int64] * (recipe.arguments + 2))
    made: Callable[..., None] = call(address(recipe))
    return made


@cache
def crew() -> Crew:
    """Give the crew of this process, of which there is one."""
    return Crew(cores() - 1)


if hasattr(os, "register_at_fork"):
    # A child has none of its parent's threads, and would wait for them for ever.
    os.register_at_fork(after_in_child=crew.cache_clear)
