"""The faults of many specs, in their order, whoever finds them first."""

from __future__ import annotations

import os
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from nnspec.examine import examine_file, examine_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nnspec.diagnostics.diagnostic import Diagnostic
    from nnspec.examine import Examined, Options
    from nnspec.validation.files import SpecFile

SHARE = 1_000
"""Specs that keep a process busy for longer than it takes to start."""
_CHUNK = 25


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
    one: partial[tuple[Diagnostic, ...]], files: Sequence[SpecFile], count: int
) -> Iterator[tuple[Diagnostic, ...]]:
    from nnspec.runner.processes import processes

    with processes(count) as pool:
        yield from pool.map(one, files, chunksize=_CHUNK)
