"""Which columns of a table are the network's inputs, and which are kept for the output."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nnspec.data.rows import columns, misfit
from nnspec.data.table import Selection
from nnspec.diagnostics.quote import quote
from nnspec.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.data.table import Table

_NAMED = 20


def select(
    table: Table, *, size: int, features: Sequence[str] | None, keep: Sequence[str]
) -> Selection:
    """Choose the inputs by name where the spec names them, else by number.

    Without `features`, the first of these that are as many as the inputs: all columns, those
    not kept, those that hold numbers, those that hold numbers and are not kept.

    Raises:
        DataError: the columns do not fit the network.
        UsageError: a column to keep is not there.
    """
    kept = tuple(_find(table, name) for name in keep)
    if features is not None and table.columns is not None:
        return Selection(_by_name(table, table.columns, features), kept, by_name=True)
    everything = range(table.width)
    numeric = [i for i in everything if table.numeric is None or table.numeric[i]]
    for choice in (everything, numeric):
        for inputs in (tuple(choice), tuple(i for i in choice if i not in kept)):
            if len(inputs) == size:
                return Selection(inputs, kept)
    found = columns(table.width)
    if len(numeric) < table.width:
        found += f", {len(numeric)} of them with numbers"
    raise DataError(f"{table.name}: {misfit(size, found)}")


def _find(table: Table, name: str) -> int:
    if table.columns is None:
        raise UsageError(f"{table.name} has no named columns, so {quote(name)} cannot be kept")
    if name not in table.columns:
        raise UsageError(f"{table.name}: {_missing([name], table.columns)}")
    return table.columns.index(name)


def _by_name(table: Table, there: tuple[str, ...], features: Sequence[str]) -> tuple[int, ...]:
    places = {name: place for place, name in reversed(list(enumerate(there)))}
    missing = [name for name in features if name not in places]
    if missing:
        raise DataError(f"{table.name}: {_missing(missing, there)}")
    if len(places) < len(there):
        counts = Counter(there)
        for name in features:
            if counts[name] > 1:
                raise DataError(f"{table.name}: column {quote(name)} stands twice")
    return tuple(places[name] for name in features)


def _missing(names: list[str], there: tuple[str, ...]) -> str:
    from nnspec.diagnostics.suggest import did_you_mean

    message = f"no {'column' if len(names) == 1 else 'columns'} {_listed(names)}"
    hint = did_you_mean(names[0], there[:1000])
    return f"{message}; {hint + ' ' if hint else ''}the data have {_listed(there)}"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(map(quote, names[:_NAMED])) + more
