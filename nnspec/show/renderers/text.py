"""For people: a table of the layers, then input, output, weights, graphs, passes and engine."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from nnspec.diagnostics.quote import escape
from nnspec.show.scaling import after, before, in_short
from nnspec.show.short import short
from nnspec.show.table import WIDTH, listed, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.graph.ir import Graph
    from nnspec.plugin.choose import Choice
    from nnspec.show.scaling import Scaling
    from nnspec.show.summary import Row, Summary, Weights
    from nnspec.spec.model import Spec

_LONGEST_NAME = 24
_LONGEST_ACTIVATION = 30
_COMMENT = "#\N{NO-BREAK SPACE}"


def render(summary: Summary) -> str:
    """Describe the network in lines of at most 100 columns."""
    spec = summary.spec
    blocks = [list(_head(summary)), list(_layers(summary.rows)), list(_ends(spec))]
    if summary.weights is None:
        blocks.append(["weights  none: the spec names none; the graph needs --weights FILE"])
    else:
        blocks.append(list(_weights(summary.weights)))
    if summary.graph is not None and summary.optimized is not None:
        blocks.append(["as the spec has it", *_graph(summary.graph)])
        blocks.append(["as it runs", *_graph(summary.optimized)])
        notes = [line for note in summary.notes for line in _wrapped(escape(str(note)), "  ")]
        blocks.append(["passes", *(notes or ["  none found anything to do"])])
    if summary.engine is not None:
        blocks.append(list(_engine(summary.engine)))
    return "\n\n".join("\n".join(block) for block in blocks)


def _head(summary: Summary) -> Iterator[str]:
    spec = summary.spec
    title = f"{spec.name}: {spec.description}" if spec.description else spec.name
    yield from _wrapped(escape(title), "")
    yield f"{spec.task}, computed in {spec.dtype}"


def _layers(rows: tuple[Row, ...]) -> list[str]:
    head = ("layer", "type", "activation", "one row", "batch", "parameters", "FLOPs", "bytes")
    cells: list[tuple[str, ...]] = [
        (
            short(f"{'  ' * row.depth}{row.name}", _LONGEST_NAME),
            "" if row.type == "input" else escape(row.type),
            short(row.activation, _LONGEST_ACTIVATION),
            f"({row.size},)",
            f"(n, {row.size})",
            f"{row.parameters:,}",
            f"{row.flops:,}",
            f"{row.bytes:,}",
        )
        for row in rows
    ]
    totals = [
        sum(counts)
        for counts in zip(*((r.parameters, r.flops, r.bytes) for r in rows), strict=True)
    ]
    total = ("total", "", "", "", "", *(f"{count:,}" for count in totals))
    return table(head, [*cells, (), total], right=(5, 6, 7))


def _ends(spec: Spec) -> Iterator[str]:
    given, output = spec.input, spec.output
    yield from _named("input", "feature", given.size, given.features)
    yield from _scalings(before(given))
    yield from _named("output", "output", output.layer.size_out, output.labels)
    if output.threshold is not None:
        yield from _wrapped(f"threshold {in_short(output.threshold)}", " " * 9)
    yield from _scalings(after(output))


def _scalings(scalings: Iterator[Scaling]) -> Iterator[str]:
    for scaling in scalings:
        yield from _wrapped(escape(str(scaling)), " " * 9)


def _named(title: str, noun: str, size: int | None, names: tuple[str, ...] | None) -> Iterator[str]:
    start = f"{title.ljust(9)}{size} {noun}{'' if size == 1 else 's'}"
    if names is None:
        yield start
    else:
        yield from listed(f"{start}: ", [short(name, 40) for name in names])


def _weights(weights: Weights) -> Iterator[str]:
    yield from _wrapped(f"weights  {escape(weights.source)}", "")
    if weights.sha256 is not None:
        yield f"         sha256 {escape(weights.sha256)}"
    if weights.rule:
        yield from _wrapped(f"names: {escape(weights.rule)}", " " * 9)
    renamed = any(one.stored != one.name or one.transposed for one in weights.arrays)
    rows = [
        (
            short(one.name, 40),
            str(one.shape),
            short(f"{one.stored}{', transposed' if one.transposed else ''}", 50),
        )
        for one in weights.arrays
    ]
    head = ("array", "shape", "in the file")
    cells = rows if renamed else [row[:2] for row in rows]
    yield from (f"  {line}" for line in table(head if renamed else head[:2], cells))


def _engine(choice: Choice) -> Iterator[str]:
    yield f"engine   {escape(choice.engine.name)}, {escape(choice.why)}"
    yield from _wrapped(escape(choice.engine.summary), " " * 9)


def _graph(graph: Graph) -> Iterator[str]:
    for line in str(graph).split("\n"):
        # The mark of a comment stays with it where a line is wrapped.
        text = escape(line.strip()).replace("# ", _COMMENT)
        for piece in _wrapped(text, "  " if line.startswith("graph") else "    "):
            yield piece.replace(_COMMENT, "# ")


def _wrapped(text: str, indent: str) -> list[str]:
    if len(indent) + len(text) <= WIDTH:
        return [indent + text]  # as textwrap would, in a thousandth of the time
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}    ",
        break_on_hyphens=False,
    )
