"""A comparison for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nnspec.diagnostics.quote import escape, quote
from nnspec.show.numbers import number
from nnspec.show.table import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.show.diff import Comparison
    from nnspec.show.diff.outputs import Drift
    from nnspec.show.diff.structure import Setting
    from nnspec.show.diff.weights import ArrayPair

_MOST_ROWS = 60
_LONGEST = 28
_MARKS = {"added": "+", "removed": "-", "changed": "~"}


def render(comparison: Comparison) -> str:
    """Tell structure, weights and outputs, each in one line where nothing differs."""
    first, second = map(escape, comparison.names)
    blocks = [[f"- {first}", f"+ {second}"], list(_structure(comparison.structure))]
    if comparison.weights is not None:
        blocks.append(list(_weights(comparison.weights)))
    if comparison.outputs is not None:
        blocks.append(list(_outputs(comparison.outputs)))
    return "\n\n".join("\n".join(block) for block in blocks)


def _structure(settings: tuple[Setting, ...]) -> Iterator[str]:
    if not settings:
        yield "structure  the same"
        return
    yield f"structure  {_count(len(settings), 'difference')}"
    for one in settings[:_MOST_ROWS]:
        shown = f"{_MARKS[one.kind]} {escape(one.place)}"
        if one.kind == "changed":
            yield f"  {shown}: {_value(one.first)} → {_value(one.second)}"
        else:
            yield f"  {shown}: {_value(one.second if one.kind == 'added' else one.first)}"
    yield from _more(len(settings))


def _weights(pairs: tuple[ArrayPair, ...]) -> Iterator[str]:
    differing = [pair for pair in pairs if not pair.equal]
    if not differing:
        yield f"weights    the same bits in {_count(len(pairs), 'array')}"
        return
    yield f"weights    {len(differing):,} of {_count(len(pairs), 'array')} differ"
    head = ("array", "shape", "largest difference", "norm", "norm there")
    rows = [_array(pair) for pair in differing[:_MOST_ROWS]]
    yield from (f"  {line}" for line in table(head, rows, right=[2, 3, 4]))
    yield from _more(len(differing))


def _array(pair: ArrayPair) -> tuple[str, ...]:
    ours, theirs = pair.shapes
    if ours is None or theirs is None:
        there = ours if theirs is None else theirs
        shape = f"{'-' if theirs is None else '+'} {there}"
    else:
        shape = str(ours) if ours == theirs else f"{ours} → {theirs}"
    largest = "" if pair.largest is None else number(pair.largest)
    norms = ("" if norm is None else number(norm) for norm in pair.norms)
    return (_short(pair.name), shape, largest, *norms)


def _outputs(drifts: tuple[Drift, ...]) -> Iterator[str]:
    first = next((drift for drift in drifts if not drift.equal), None)
    if first is None:
        yield "outputs    the same bits, layer by layer"
        return
    yield f"outputs    differ first after {escape(first.layer)}"
    rows = [_layer(drift) for drift in drifts[:_MOST_ROWS]]
    head = ("after", "largest difference", "relative")
    yield from (f"  {line}" for line in table(head, rows, right=[1, 2]))
    yield from _more(len(drifts))


def _layer(drift: Drift) -> tuple[str, ...]:
    name = _short(drift.layer)
    if drift.sizes[0] != drift.sizes[1]:
        return name, f"{drift.sizes[0]:,} → {drift.sizes[1]:,} features", ""
    if drift.equal:
        return name, "same bits", ""
    return name, number(drift.absolute), number(drift.relative)


def _value(value: Any) -> str:
    return quote(value) if not isinstance(value, str) else escape(value[:200])


def _short(name: str) -> str:
    shown = escape(name)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"


def _more(count: int) -> Iterator[str]:
    if count > _MOST_ROWS:
        yield f"  and {count - _MOST_ROWS:,} more; --json has them all"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
