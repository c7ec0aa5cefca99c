"""Let every contender run a network, in turn and each in a process of its own, and report."""

from __future__ import annotations

import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nnspec.bench.contenders import contenders, missing
from nnspec.bench.job import Job, Network
from nnspec.bench.prepare import load, save_rows
from nnspec.bench.process import OutError, Process
from nnspec.bench.report import Cell, Report
from nnspec.engines.numpy.threads import cores
from nnspec.errors import NnspecError
from nnspec.plan import plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


PAUSE = 0.15
"""Seconds before each turn: threads that spin after their work, which would slow down the next
contender, have gone to sleep by then; those of OpenBLAS take longest, up to 0.1 s."""


def measure(
    network: Network,
    *,
    rows: Sequence[int],
    turns: int,
    names: Sequence[str] = (),
    tick: Callable[[], Any] = lambda: None,
) -> Report:
    """Measure a network.

    Args:
        network: where it is.
        rows: of each call.
        turns: how often each contender is asked for each number of rows.
        names: the engines and peers to measure; all that there are, if empty.
        tick: called after each turn, which is one of every contender.

    Raises:
        NnspecError: the spec has faults, a name is unknown, or none of them can be measured.
    """
    with tempfile.TemporaryDirectory(prefix="nnspec-bench-") as folder, ExitStack() as stack:
        network, model, notes = load(network, Path(folder))
        kinds = contenders(model.registry, names)
        data = save_rows(model, max(rows), Path(folder))
        contest = _Contest(kinds)
        for name in contest.installed():
            process = stack.enter_context(Process(Job(name, network, data)))
            contest.running.append(process)
        notes += contest.started()
        for count in dict.fromkeys(rows):
            for turn in range(turns):
                contest.turn(count, first=turn == 0)
                tick()
    flops = plan(model.graph).flops
    cells = tuple(
        Cell(name, kinds[name], count, tuple(seconds), flops * count, contest.gaps[count, name])
        for (count, name), seconds in contest.seconds.items()
        if len(seconds) == turns
    )
    return Report(
        network=model.spec.name,
        dtype=model.spec.dtype,
        flops=flops,
        turns=turns,
        cores=cores(),
        cells=cells,
        left_out=tuple(contest.left_out),
        notes=tuple(notes),
    )


class _Contest:
    """Who is still running, and what was measured so far, by (rows, name)."""

    def __init__(self, kinds: Iterable[str]) -> None:
        self._names = tuple(kinds)
        self.running: list[Process] = []
        self.left_out: list[tuple[str, str]] = []
        self.seconds: dict[tuple[int, str], list[float]] = {}
        self.gaps: dict[tuple[int, str], float | None] = {}

    def installed(self) -> list[str]:
        """Name those that can be tried; the others are left out."""
        reasons = {name: missing(name) for name in self._names}
        self.left_out += [(name, reason) for name, reason in reasons.items() if reason]
        return [name for name, reason in reasons.items() if not reason]

    def started(self) -> list[str]:
        """Wait until all are ready, and give notes on those for which something else answers."""
        notes = []
        for process in tuple(self.running):
            try:
                process.wait()
            except OutError as error:
                self._leave_out(process, str(error))
            else:
                if process.reason:
                    notes.append(f"{process.name} does not compute it itself: {process.reason}")
        return notes

    def turn(self, rows: int, *, first: bool) -> None:
        """Ask each once; what fails is left out from here on."""
        if not self.running:
            reasons = "; ".join(f"{name}: {reason}" for name, reason in self.left_out)
            raise NnspecError(f"nothing to measure: {reasons}")
        for process in tuple(self.running):
            key = rows, process.name
            try:
                if first:
                    self.gaps[key] = process.difference(rows)
                time.sleep(PAUSE)
                self.seconds.setdefault(key, []).append(process.seconds(rows))
            except OutError as error:
                self._leave_out(process, f"with {rows:,} rows: {error}")

    def _leave_out(self, process: Process, reason: str) -> None:
        self.running.remove(process)
        self.left_out.append((process.name, reason))
