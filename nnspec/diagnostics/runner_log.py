"""What a spec says is no command to GitHub's runner, which obeys lines of what a step prints.

It takes `::set-output name=a::b` at the start of a line, and the older `##[group]` anywhere.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMAND = re.compile(r"(?<![^\r\n])\s*:(?=:)|##(?=\[)")


def disarm(text: str) -> str:
    r"""Part what the runner looks for by a space of no width, which a reader does not see.

    Examples:
        >>> disarm("a ::b\n  ::error::c ##[add-mask]d")
        'a ::b\n  :\u200b:error::c ##\u200b[add-mask]d'
    """
    return _COMMAND.sub(lambda found: f"{found[0]}\u200b", text)


@contextmanager
def guarded() -> Iterator[None]:
    """Disarm all that is printed in a step of GitHub Actions; what goes to a file stays as it is.

    Standard output and error are replaced meanwhile.
    """
    before = sys.stdout, sys.stderr
    if os.environ.get("GITHUB_ACTIONS"):
        sys.stdout, sys.stderr = (one if _is_file(one) else _Guarded(one) for one in before)
    try:
        yield
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        sys.stdout, sys.stderr = before


def say_to_runner(commands: str) -> None:
    """Print lines that are commands, and meant as such."""
    stream = sys.stdout.plain if isinstance(sys.stdout, _Guarded) else sys.stdout
    print(commands, file=stream, flush=True)


def _is_file(stream: TextIO) -> bool:
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except OSError:  # a stream of tests, which has no number
        return False


class _Guarded(io.TextIOWrapper):
    """A stream on its way to the runner; `plain` is the stream as it was."""

    def __init__(self, plain: TextIO) -> None:
        binary = cast("Any", _Lines(plain.buffer))
        super().__init__(binary, "utf-8", "backslashreplace", newline="", write_through=True)
        self.plain = plain


class _Lines(io.BufferedIOBase):
    """A binary stream that passes on whole lines, disarmed; the last one when it is flushed."""

    def __init__(self, stream: Any) -> None:
        self._stream, self._begun = stream, b""

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        number: int = self._stream.fileno()
        return number

    def isatty(self) -> bool:
        return bool(self._stream.isatty())

    def write(self, data: Any) -> int:
        whole, end, self._begun = (self._begun + bytes(data)).rpartition(b"\n")
        self._pass_on(whole + end)
        return len(data)

    def flush(self) -> None:
        last, self._begun = self._begun, b""
        self._pass_on(last)
        self._stream.flush()

    def _pass_on(self, data: bytes) -> None:
        text = data.decode(errors="surrogateescape")
        self._stream.write(disarm(text).encode(errors="surrogateescape"))
