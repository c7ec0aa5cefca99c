"""The process that compiles while this one goes on: Numba would hold Python's lock for seconds."""

from __future__ import annotations

import marshal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from nnspec.engines.numba import making

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.engines.numba.making import Made
    from nnspec.engines.numba.recipe import Recipe

_PROGRAM = (
    "import marshal, sys; sys.path[:] = marshal.load(sys.stdin.buffer); "
    "from nnspec.engines.numba.making import main; main()"
)
_running: set[subprocess.Popen[bytes]] = set()
_lock = threading.Lock()
_ended = False


def make(recipes: Sequence[Recipe]) -> list[Made]:
    """Have machine code made, in another process where one can be started."""
    if not recipes:
        return []
    try:
        wanted = marshal.dumps([*map(str, sys.path)]) + making.request(recipes)
    except ValueError:  # a function uses what only this process has
        return making.make(recipes)
    if not Path(sys.executable or "").stem.startswith("python"):
        return making.make(recipes)  # an application with Python inside, which -c would open anew
    answer = _asked(wanted)
    if answer is None:
        return making.make(recipes)
    return answer or [("", b"the process ends")] * len(recipes)


def _asked(wanted: bytes) -> list[Made] | None:
    """Start the process and wait for it; None if it fails, nothing if this process ends."""
    try:
        with _lock:
            if _has_ended():
                return []
            process = subprocess.Popen(  # noqa: S603 - Python itself, with a program of ours
                [sys.executable, "-I", "-c", _PROGRAM],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            _running.add(process)
    except OSError:
        return None
    try:
        answer = process.communicate(wanted)[0]
    finally:
        with _lock:
            _running.discard(process)
    if process.returncode:
        return [] if _has_ended() else None
    result: list[Made] = marshal.loads(answer)  # noqa: S302 - of our own child
    return result


def _has_ended() -> bool:
    return _ended


def stop() -> None:
    """End what is still compiling: nobody waits for it any more."""
    global _ended
    with _lock:
        _ended = True
        for process in _running:
            process.kill()
