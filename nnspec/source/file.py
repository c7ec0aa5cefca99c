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
        raise _missing(path) from None
    except OSError as error:
        raise UnreadableError(f"the file cannot be read: {error.strerror}") from None
    except ValueError:
        raise UnreadableError("no such file: its name holds a NUL character") from None


def _missing(path: Path) -> UnreadableError:
    """Say that there is no such file, and what was probably meant."""
    from nnspec.diagnostics.near_file import near_file
    from nnspec.source.paths import URL

    if URL.match(str(path)):
        return UnreadableError("this is a URL, and nothing is fetched", "download the file first")
    if str(path) == "-":
        hint = "only nnspec validate reads a spec from standard input; name a file"
        return UnreadableError("no such file", hint)
    if "*" in path.name or "?" in path.name:
        return UnreadableError("no file fits this pattern")
    return UnreadableError("no such file", near_file(path, {".yaml", ".yml"}))


def _check_kind(mode: int) -> None:
    if stat.S_ISDIR(mode):
        hint = "name one of its files; nnspec validate takes all that are in it"
        raise UnreadableError("this is a folder, and a spec is a file", hint)
    if not stat.S_ISREG(mode):
        hint = "nnspec validate reads a spec from standard input, as the file '-'"
        raise UnreadableError("this is a pipe or a device, and a spec is a regular file", hint)


def _read(descriptor: int, most: int) -> bytes:
    parts: list[bytes] = []
    while most > 0 and (part := os.read(descriptor, most)):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)
