"""The faults of many specs, in their order, whoever finds them first."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from nnspec.errors import NnspecError
from nnspec.examine import examine_file, examine_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nnspec.diagnostics.diagnostic import Diagnostic
    from nnspec.examine import Examined, Options
    from nnspec.validation.files import SpecFile

SHARE = 1_000
"""Specs that keep a process busy for longer than it takes to start."""
_CHUNK = 25
_SAFE_PATH = "PYTHONSAFEPATH"
_ENDING = (signal.SIGINT, signal.SIGTERM)


def judge(
    files: Sequence[SpecFile], options: Options, data: Path | None = None
) -> list[Diagnostic]:
    """Judge all specs, and data by each of them; the diagnostics are sorted by file and place.

    From two thousand specs on it takes several processes, one for each processor at most.

    Raises:
        NnspecError: the system ended one of these processes.
    """
    one = partial(judge_one, options=options, data=data)
    processes = min(os.cpu_count() or 1, len(files) // SHARE)
    found = map(one, files) if processes < 2 else _in_processes(one, files, processes)
    return sorted(chain.from_iterable(found))


def judge_one(file: SpecFile, options: Options, data: Path | None = None) -> tuple[Diagnostic, ...]:
    """Judge one spec, and forget everything but its diagnostics: weights may be large.

    Data are held against a spec without faults alone: nobody can say what another one expects.
    """
    path = Path(file.name)
    if file.text is None:
        examined = examine_file(path, options)
    else:
        examined = examine_text(file.text, options, name=file.name, folder=path.parent)
    diagnostics = _marked(file, examined) if examined.diagnostics else ()
    if data is None or examined.faulty or examined.spec is None or examined.loaded is None:
        return diagnostics
    from nnspec.data.check import check

    return (*diagnostics, *check(data, examined.spec, examined.loaded.extras))


def _marked(file: SpecFile, examined: Examined) -> tuple[Diagnostic, ...]:
    """Mark what `--fix` mends; a file that was changed meanwhile has other places."""
    from nnspec.fix.mend import mark
    from nnspec.source.file import UnreadableError, read_bytes

    try:
        return mark(read_bytes(Path(file.name)) if file.text is None else file.text, examined)
    except (UnreadableError, UnicodeDecodeError, IndexError):
        return examined.diagnostics


def _in_processes(
    one: partial[tuple[Diagnostic, ...]], files: Sequence[SpecFile], processes: int
) -> Iterator[tuple[Diagnostic, ...]]:
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    with _safe_path():
        # A fork could copy a lock that a thread of a plugin holds.
        pool = ProcessPoolExecutor(processes, get_context("spawn"), _leave_interrupts_to_parent)
        try:
            with _undisturbed():
                results = pool.map(one, files, chunksize=_CHUNK)
            yield from results
        except BrokenExecutor as error:
            message = "a process was ended from outside, for want of memory perhaps"
            raise NnspecError(message) from error
        except KeyboardInterrupt:
            for child in active_children():  # nobody waits for what they are at
                child.terminate()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def _safe_path() -> Iterator[None]:
    """Keep new processes from importing what lies in the current folder, which may be foreign.

    Not the workers only: the pool's first lock starts Python's resource tracker.
    """
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put signals off while processes start; these inherit that, until they are ready.

    A process that is cut off half started tells its own traceback.
    """
    if threading.current_thread() is not threading.main_thread() or os.name == "nt":
        yield
        return
    came: list[int] = []
    before = {number: signal.signal(number, lambda n, _: came.append(n)) for number in _ENDING}
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
        for number, handler in before.items():
            signal.signal(number, handler)
        for arrived in came:
            signal.raise_signal(arrived)


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if os.name != "nt":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
