"""Machine code on disk, in a folder of the user's own, for this machine and these versions.

A file is the SHA-256 of what follows, a line of text and the code. One that is cut off, changed or
not ours is as good as none; where nothing can be written, nothing is.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
import tempfile
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

_DIGEST = 32


def read(name: str) -> tuple[str, bytes] | None:
    """Give the line and the code that were written under a name, if they are whole."""
    try:
        folder = _folder()
        content = (folder / name).read_bytes() if _is_ours(folder) else b""
    except OSError:
        return None
    digest, rest = content[:_DIGEST], content[_DIGEST:]
    if hashlib.sha256(rest).digest() != digest:
        return None
    line, _, code = rest.partition(b"\n")
    return line.decode(), code


def write(name: str, line: str, code: bytes) -> None:
    """Keep them under a name, whole or not at all; no failure is worth an error."""
    rest = line.encode() + b"\n" + code
    with suppress(OSError):
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(folder):
            return
        handle, temporary = tempfile.mkstemp(dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(rest).digest() + rest)
            Path(temporary).replace(folder / name)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


def _is_ours(folder: Path) -> bool:
    """Tell whether nobody else can have put code there."""
    if not hasattr(os, "getuid"):
        return True
    status = folder.stat()
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


@cache
def _folder() -> Path:
    """Find the place: NUMBA_CACHE_DIR, or the folder for caches of the system."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    if chosen:
        base = Path(chosen)
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "nnspec" / _key()


def _key() -> str:
    """Name the machine, the versions and the sources that the code was made for, from and by."""
    from llvmlite import binding

    parts = [
        platform.platform(),
        platform.python_version(),
        version("numba"),
        version("llvmlite"),
        binding.get_host_cpu_name(),
        binding.get_host_cpu_features().flatten(),
    ]
    sources = sorted(Path(__file__).parent.rglob("*.py"))
    digest = hashlib.sha256("\n".join(parts).encode())
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()[:20]
