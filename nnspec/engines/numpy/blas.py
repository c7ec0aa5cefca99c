"""NumPy's BLAS held to one thread while tiles run on threads of ours, and given back.

Two pools of threads on the same cores wait for each other; and how a BLAS splits a product among
its threads may change the last bits of a row. Only the OpenBLAS that comes inside NumPy's wheels
is spoken to; any other BLAS is left as it is.
"""

from __future__ import annotations

import ctypes
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

_FOLDERS = ("../numpy.libs", ".dylibs")
"""Where the wheels of Linux and Windows, and those of macOS, keep their libraries."""
_NAMES = [(prefix, suffix) for prefix in ("scipy_openblas", "openblas") for suffix in ("64_", "")]


class _OneThread:
    """Hold the BLAS to one thread until the last of all holders has left.

    A class, since a generator would take as long as the product of one row and a small weight.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holders = 0
        self._before = 1

    def __enter__(self) -> None:
        calls = _calls()
        if calls is None:
            return
        get, put = calls
        with self._lock:
            if self._holders == 0:
                self._before = get()
                if self._before != 1:
                    put(1)
            self._holders += 1

    def __exit__(self, *error: object) -> None:
        calls = _calls()
        if calls is None:
            return
        with self._lock:
            self._holders -= 1
            if self._holders == 0 and self._before != 1:
                calls[1](self._before)


one_thread = _OneThread()


@cache
def _calls() -> tuple[Callable[[], int], Callable[[int], None]] | None:
    """Find the two functions in the library that NumPy has loaded; None if there is none."""
    for folder in _FOLDERS:
        for path in sorted(Path(np.__file__).parent.joinpath(folder).glob("*openblas*")):
            with suppress(OSError):
                library = ctypes.CDLL(str(path.resolve()))
                for prefix, suffix in _NAMES:
                    get = getattr(library, f"{prefix}_get_num_threads{suffix}", None)
                    put = getattr(library, f"{prefix}_set_num_threads{suffix}", None)
                    if get is not None and put is not None:
                        return get, put
    return None
