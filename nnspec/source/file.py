"""The bytes of a regular file, within a bound."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 4 * 2**20
"""A spec may be as large as this."""


class UnreadableError(Exception):
    """A file that cannot be read, in one sentence; `hint` is a cure, if there is one."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        self.hint = hint
        super().__init__(message)


def read_bytes(path: Path) -> bytes:
    """Read a regular file, and one byte beyond MAX_BYTES at most.

    Raises:
        UnreadableError: if it is missing, forbidden, a folder, a pipe or a device.
    """
    # Without O_NONBLOCK, opening a pipe waits for someone to write into it.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
        try:
            _check_kind(os.fstat(descriptor).st_mode)
            return _read(descriptor, MAX_BYTES + 1)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        raise UnreadableError("no such file") from None
    except OSError as error:
        raise UnreadableError(f"the file cannot be read: {error.strerror}") from None
    except ValueError:
        raise UnreadableError("no such file: its name holds a NUL character") from None


def _check_kind(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise UnreadableError("this is a folder, and a spec is a file")
    if not stat.S_ISREG(mode):
        hint = "a spec can come through standard input, as the file '-'"
        raise UnreadableError("this is a pipe or a device, and a spec is a regular file", hint)


def _read(descriptor: int, most: int) -> bytes:
    parts: list[bytes] = []
    while most > 0 and (part := os.read(descriptor, most)):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)
