"""What is worth keeping between runs, in a folder of the user's own; nothing depends on it.

It is the user's folder for caches (`~/.cache/nnspec` where nothing else is said), or that of
NNSPEC_CACHE_DIR; NNSPEC_DISABLE_CACHE=1 turns it off. A file is the digest of what follows, and
the content. One that is cut off, changed or not ours is as good as none; where nothing can be
written, nothing is.
"""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

try:  # hashlib would load OpenSSL, which takes 4 ms; the standard library's `random` does the same
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

_DIGEST = 32
_HOMES = {"win32": "~/AppData/Local", "darwin": "~/Library/Caches"}


def is_set(variable: str) -> bool:
    """Tell whether a variable of the environment means yes: any value but "", 0, false and no."""
    return os.environ.get(variable, "").strip().lower() not in {"", "0", "false", "no"}


def folder(chosen: str | None = None) -> Path | None:
    """Find the folder; None where there is to be none.

    Args:
        chosen: another parent for it than what the environment says.
    """
    if is_set("NNSPEC_DISABLE_CACHE"):
        return None
    if chosen:
        return Path(chosen) / "nnspec"
    if own := os.environ.get("NNSPEC_CACHE_DIR"):
        return Path(own)
    variable = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    base = os.environ.get(variable) or _HOMES.get(sys.platform, "~/.cache")
    home = os.path.expanduser(base)  # noqa: PTH111 - Path's raises where there is no home
    return None if home.startswith("~") else Path(home) / "nnspec"


def digest(content: bytes) -> bytes:
    """Give 32 bytes that no other content has."""
    return blake2b(content, digest_size=_DIGEST).digest()


def code(*rooms: str) -> list[tuple[str, int, int]]:
    """List the files of rooms of nnspec, with size and time: someone may be at work on them."""
    home = os.path.dirname(__file__)  # noqa: PTH120
    return sorted(
        (file.path, file.stat().st_size, file.stat().st_mtime_ns)
        for room in rooms
        for file in os.scandir(f"{home}/{room}")
        if file.is_file()
    )


def read(place: Path, name: str) -> bytes | None:
    """Give what was written under a name into a folder below that of `folder`, if it is whole."""
    try:
        content = (place / name).read_bytes() if _is_ours(place) else b""
    except OSError:
        return None
    rest = content[_DIGEST:]
    return rest if content[:_DIGEST] == digest(rest) else None


def write(place: Path, name: str, content: bytes, *, most: int | None = None) -> None:
    """Keep it under a name, whole or not at all; no failure is worth an error.

    Where the folder is to hold `most` files, the oldest go now and then. Names are digests then.
    """
    from tempfile import mkstemp

    with suppress(OSError):
        place.parent.parent.mkdir(parents=True, exist_ok=True)
        for made in (place.parent, place):
            made.mkdir(mode=0o700, exist_ok=True)
        if not _is_ours(place):
            return
        handle, temporary = mkstemp(dir=place)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(digest(content) + content)
            os.replace(temporary, place / name)  # noqa: PTH105
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    if most is not None and name.startswith("00"):
        prune(place, most)


def prune(place: Path, most: int) -> None:
    """Delete the oldest files of a folder, so that half as many stay, where it holds too many."""
    with suppress(OSError):
        if not _is_ours(place):
            return
        files = sorted(place.iterdir(), key=lambda path: path.lstat().st_mtime)
        for path in files[: -most // 2] if len(files) > most else ():
            path.unlink(missing_ok=True)


def _is_ours(place: Path) -> bool:
    """Tell whether nobody else can have put files there: our own folder, and no link to one."""
    status = place.lstat()
    if not stat.S_ISDIR(status.st_mode):
        return False
    return not hasattr(os, "getuid") or (
        status.st_uid == os.getuid() and not status.st_mode & 0o022
    )
