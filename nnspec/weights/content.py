"""The bytes of a weights file, mapped rather than read."""

from __future__ import annotations

import mmap
import os
import stat
from typing import TYPE_CHECKING

from nnspec.diagnostics.quote import escape
from nnspec.errors import WeightsError

if TYPE_CHECKING:
    from pathlib import Path


def content(path: Path) -> memoryview:
    """Map a regular file into memory, read-only.

    A header can then be judged before any byte of the arrays is read, and a file of any size costs
    no memory until then. The file is opened once: what is checked is what is read.

    Raises:
        WeightsError: there is no such file, it cannot be read, or it is a folder, a pipe or a
            device.
    """
    try:
        # Without O_NONBLOCK, opening a pipe would wait for its other end.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError as error:
        raise WeightsError(f"{escape(str(path))}: no such file") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise WeightsError(f"{escape(str(path))}: cannot be opened ({reason.lower()})") from error
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise WeightsError(f"{escape(str(path))}: is a folder, not a weights file")
        if not stat.S_ISREG(status.st_mode):
            raise WeightsError(f"{escape(str(path))}: is a pipe or a device, not a weights file")
        if status.st_size == 0:
            raise WeightsError(f"{escape(str(path))}: is empty")
        return memoryview(mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ))
    except OSError as error:
        raise WeightsError(f"{escape(str(path))}: cannot be read ({error.strerror})") from error
    finally:
        os.close(descriptor)
