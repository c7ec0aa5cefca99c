"""Data held against the spec of the network that they are for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from nnspec.data import batches
from nnspec.data.survey import Survey
from nnspec.diagnostics.diagnostic import Diagnostic
from nnspec.diagnostics.quote import escape, quote
from nnspec.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from nnspec.data.survey import Flaw
    from nnspec.diagnostics.diagnostic import Severity
    from nnspec.spec.model import Number, Spec

_VALUES = 1 << 22
"""Numbers in a block, at most."""
_NAMED = 6
_PLACE = re.compile(r"(?:, line (\d{1,18}))?: (.*)", re.DOTALL)


class _Kind(NamedTuple):
    """How to speak of values that should not be there."""

    code: str
    severity: Severity
    is_: str
    hint: str


_SPREADS = "a network spreads it over all outputs of the row: fill it in, or drop the row"
_NAN = _Kind("data-nan", "error", "no number", _SPREADS)
_INFINITE = _Kind("data-nan", "error", "not finite", _SPREADS)
_OUTSIDE = _Kind(
    "data-clip",
    "warning",
    "outside of 'clip'",
    "'clip' moves it to its limit: are the data in the unit that the network knows?",
)


def check(path: Path, spec: Spec, extras: Mapping[str, NDArray[Any]]) -> list[Diagnostic]:
    """Find what is wrong with data for a network, and what is odd about them.

    One diagnostic for each kind of fault, at the line of the first where the file has lines.
    Nothing is raised for a file that cannot be read; memory is bounded whatever its size.

    Args:
        path: the file.
        spec: a spec without faults.
        extras: the arrays that its `clip` may name.
    """
    size, features = spec.input.size, spec.input.features
    assert size is not None
    rows = max(1, min(4096, _VALUES // size))
    name = escape(str(path))
    limits = _limit(spec.input.clip_min, extras), _limit(spec.input.clip_max, extras)
    survey = Survey(size, *limits)
    try:
        with batches.open(
            path, size=size, dtype=spec.dtype, features=features, block_rows=rows
        ) as data:
            for block in data:
                survey.add(block)
    except DataError as error:
        return [_unfit(str(error), name)]
    titles = features or data.inputs or tuple(map(str, range(size)))
    return sorted(_judge(survey, titles, data.unused, name))


def _judge(
    survey: Survey, titles: Sequence[str], unused: Sequence[str], name: str
) -> Iterator[Diagnostic]:
    if survey.rows == 0:
        yield _diagnostic(name, "data-unfit", "there are no rows", "error")
    if unused:
        message = f"no input takes {_listed(unused)}"
        hint = "a spec that names its inputs under 'features' picks columns by their names"
        yield _diagnostic(name, "data-unused", message, "warning", hint=hint)
    kinds = ((survey.nan, _NAN), (survey.infinite, _INFINITE), (survey.outside, _OUTSIDE))
    for flaw, kind in kinds:
        yield from _flaw(flaw, kind, titles, name)
    if survey.constant:
        constant = [f"{titles[k]} = {survey.low[k]:g}" for k in survey.constant]
        message = f"the same value in all {survey.rows:,} rows: {_listed(constant)}"
        yield _diagnostic(
            name, "data-constant", message, "warning", hint="is that the right column?"
        )


def _flaw(flaw: Flaw, kind: _Kind, titles: Sequence[str], name: str) -> Iterator[Diagnostic]:
    first = flaw.first
    if first is None:
        return
    message = (
        f"row {first.row}, column {quote(titles[first.column])}: {first.value:g} is {kind.is_}"
    )
    if (count := int(flaw.counts.sum())) > 1:
        columns = [titles[k] for k in flaw.columns]
        message += f"; {count:,} values are, in {_listed(columns)}"
    yield _diagnostic(name, kind.code, message, kind.severity, first.line or 1, kind.hint)


def _unfit(message: str, name: str) -> Diagnostic:
    """Turn "x.csv, line 3: …" into a diagnostic at that line."""
    found = _PLACE.fullmatch(message.removeprefix(name)) if message.startswith(name) else None
    line, message = (int(found[1] or 1), found[2]) if found else (1, message)
    return _diagnostic(name, "data-unfit", message, "error", line)


def _diagnostic(
    name: str, code: str, message: str, severity: Severity, line: int = 1, hint: str | None = None
) -> Diagnostic:
    hint = hint or f"'nnspec explain {code}' tells more"
    return Diagnostic(name, line, 1, line, 2, severity, code, message, hint)


def _limit(number: Number | None, extras: Mapping[str, NDArray[Any]]) -> Any:
    return extras[number] if isinstance(number, str) else number


def _listed(words: Sequence[str]) -> str:
    more = f" and {len(words) - _NAMED:,} more" if len(words) > _NAMED else ""
    return ", ".join(map(quote, words[:_NAMED])) + more
