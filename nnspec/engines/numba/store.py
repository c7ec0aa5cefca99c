"""Machine code on disk, in a folder of the user's own, for this machine and these versions.

A line of text and the code make a file; `nnspec.cache` tells when one is believed.
"""

from __future__ import annotations

import functools
import hashlib
import os
import platform
from importlib.metadata import version
from pathlib import Path

from nnspec import cache
from nnspec.engines.numba.machine import machine


def read(name: str) -> tuple[str, bytes] | None:
    """Give the line and the code that were written under a name, if they are whole."""
    folder = _folder()
    content = folder and cache.read(folder, name)
    if not content:
        return None
    line, _, code = content.partition(b"\n")
    return line.decode(), code


def write(name: str, line: str, code: bytes) -> None:
    """Keep them under a name, whole or not at all; no failure is worth an error."""
    folder = _folder()
    if folder:
        cache.write(folder, name, line.encode() + b"\n" + code)


@functools.cache
def _folder() -> Path | None:
    """Find the place: in NUMBA_CACHE_DIR, or in the folder for all that nnspec keeps."""
    folder = cache.folder(os.environ.get("NUMBA_CACHE_DIR"))
    return folder and folder / _key()


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
        repr(machine()),
    ]
    sources = sorted(Path(__file__).parent.rglob("*.py"))
    digest = hashlib.sha256("\n".join(parts).encode())
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()[:20]
