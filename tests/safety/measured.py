"""A command as a process of its own, with what it cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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


LAUNCHER = """
import json, os, sys
report, command = int(sys.argv[1]), sys.argv[2:]
child = os.posix_spawn(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_CLOSE, report)])
_, status, used = os.wait4(child, 0)
cost = (os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
os.write(report, json.dumps(cost).encode())
"""
"""A process counts the memory of the one that it was forked from, so a small one comes between."""


def run(
    *arguments: str,
    cwd: Path,
    python: list[str] = COMMAND,
    environment: dict[str, str] = ENVIRONMENT,
) -> Measured:
    """Run `nnspec ARGUMENTS` to its end."""
    reading, writing = os.pipe()
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", LAUNCHER, str(writing), *python, *arguments],
        cwd=cwd, env=environment, capture_output=True, text=True, pass_fds=[writing], check=True,
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading, "rb") as report:
        status, seconds, mebibytes = json.loads(report.read())
    return Measured(status, done.stdout, done.stderr, seconds, mebibytes)
