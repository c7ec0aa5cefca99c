"""A command as a process of its own, with what it cost."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT),
    "NNSPEC_DISABLE_PLUGIN_AUTOLOAD": "1",
    # One thread's buffers; otherwise the peak depends on how many cores there are.
    "OPENBLAS_NUM_THREADS": "1",
}
COMMAND = [sys.executable, "-m", "nnspec"]


@dataclass(frozen=True)
class Measured:
    """What came of a process.

    Attributes:
        seconds: of processor time, which other work on the machine does not change.
        mebibytes: the most memory that it held at once.
    """

    status: int
    out: str
    err: str
    seconds: float
    mebibytes: float


def run(*arguments: str, cwd: Path, python: list[str] = COMMAND) -> Measured:
    """Run `nnspec ARGUMENTS` to its end."""
    process = subprocess.Popen(
        [*python, *arguments], cwd=cwd, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )  # fmt: skip
    texts: dict[str, str] = {}

    def read(name: str, stream: IO[Any]) -> None:
        texts[name] = stream.read()
        stream.close()

    readers = [
        threading.Thread(target=read, args=("out", process.stdout)),
        threading.Thread(target=read, args=("err", process.stderr)),
    ]
    for reader in readers:
        reader.start()
    _, status, used = os.wait4(process.pid, 0)
    for reader in readers:
        reader.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = used.ru_utime + used.ru_stime
    return Measured(process.returncode, texts["out"], texts["err"], seconds, used.ru_maxrss / 1024)
