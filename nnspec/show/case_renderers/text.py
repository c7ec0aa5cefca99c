"""For people: a line a check, more where one failed, and the counts at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.cases.layers import verdict
from nnspec.diagnostics.quote import escape
from nnspec.show.table import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nnspec.cases import CaseResult
    from nnspec.cases.confusion import Confusion
    from nnspec.cases.report import SpecReport, Tested

_MOST_CLASSES = 12
_LONGEST_LABEL = 10
_INDENT = " " * 10


def render(reports: Sequence[SpecReport], *, verbose: bool = False) -> str:
    """Tell each check in one line; of one that failed, or of all if `verbose`, the details."""
    lines = [line for report in reports for line in _spec(report, verbose)]
    return "\n".join([*lines, _totals(reports)])


def details(tested: Tested) -> Iterator[str]:
    """Yield where an output differs most, the first layer that does, and what is taken for what."""
    result = tested.result
    if result.difference is not None:
        yield from result.difference.details
    if result.score is not None and result.score.first is not None:
        yield f"the first wrong label is that of row {result.score.first}"
    if (where := verdict(result.layers)) is not None:
        yield escape(where)
    if tested.saved is not None:
        yield escape(tested.saved)
    if result.confusion is not None and len(result.confusion.labels) <= _MOST_CLASSES:
        yield from _confusion(result.confusion)


def _spec(report: SpecReport, verbose: bool) -> Iterator[str]:
    yield escape(report.name)
    if report.problem is not None:
        yield f"  FAILED  {escape(report.problem)}"
    elif not report.cases:
        yield "  no checks"
    for tested in report.cases:
        yield _verdict(tested.result)
        if verbose or not tested.result.passed:
            yield from (f"{_INDENT}{line}".rstrip() for line in details(tested))


def _verdict(result: CaseResult) -> str:
    word = "ok    " if result.passed else "FAILED"
    return f"  {word}  {escape(result.name)}: {escape(result.message)}"


def _confusion(confusion: Confusion) -> list[str]:
    names = [escape(label)[:_LONGEST_LABEL] for label in confusion.labels]
    rows = [
        (name, *("·" if count == 0 else f"{count:,}" for count in row))
        for name, row in zip(names, confusion.counts.tolist(), strict=True)
    ]
    lines = table(("true \\ is", *names), rows, right=range(1, len(names) + 1))
    if confusion.undecided:
        count = _count(confusion.undecided, "row")
        lines.append(f"without a label, since the outputs hold NaN: {count}")
    return lines


def _totals(reports: Sequence[SpecReport]) -> str:
    verdicts = [tested.result.passed for report in reports for tested in report.cases]
    failed, broken = verdicts.count(False), sum(one.problem is not None for one in reports)
    counts = [f"{len(verdicts) - failed} passed"]
    counts += [f"{failed} failed"] if failed else []
    counts += [f"{_count(broken, 'spec')} could not be tested"] if broken else []
    return f"{_count(len(reports), 'spec')}, {_count(len(verdicts), 'check')}: {', '.join(counts)}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
