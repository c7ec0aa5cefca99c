"""The near end of a process that runs one contender."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from nnspec.errors import NnspecError

if TYPE_CHECKING:
    from types import TracebackType

    from nnspec.bench.job import Job


class OutError(NnspecError):
    """A contender cannot go on; the message says why."""


class Process:
    """A contender in a process of its own, which starts at once and ends with the `with` block.

    Attributes:
        name: the contender's.
        reason: why something else answers for it; "" where it does so itself.
    """

    def __init__(self, job: Job) -> None:
        self.name, self.reason = job.name, ""
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        # What this process can import, that one can, too.
        path = os.pathsep.join(folder or os.getcwd() for folder in sys.path)  # noqa: PTH109
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "nnspec.bench.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, "PYTHONPATH": path},
            text=True,
            encoding="utf-8",
        )
        self._write(job.to_json())

    def __enter__(self) -> Process:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.communicate()
        self._errors.close()

    def wait(self) -> None:
        """Wait until it is ready.

        Raises:
            OutError: it cannot run this network.
        """
        self.reason = self._read()["reason"]

    def difference(self, rows: int) -> float | None:
        """Run some rows and give the largest difference of the outputs; None without outputs."""
        self._write(json.dumps({"do": "check", "rows": rows}))
        gap: float | None = self._read()["difference"]
        return gap

    def seconds(self, rows: int) -> float:
        """Give the seconds that a call with some rows takes."""
        self._write(json.dumps({"do": "time", "rows": rows}))
        return float(self._read()["seconds"])

    def _write(self, line: str) -> None:
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # it has ended; the answer, or its absence, says why
            print(line, file=self._process.stdin, flush=True)

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise OutError(f"its process ended with status {self._process.wait()}{self._last()}")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise OutError(answer["error"])
        return answer

    def _last(self) -> str:
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").split("\n")
        last = next((line.strip() for line in reversed(lines) if line.strip()), "")
        return f": {last}" if last else ""
