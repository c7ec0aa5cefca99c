"""Summary → Picture: input, layers and output as boxes, residual and concat as blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nnspec.show import scaling
from nnspec.show.picture.fold import fold
from nnspec.show.picture.parts import Block, Box, Picture, Wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nnspec.show.picture.fold import Run
    from nnspec.show.picture.parts import Part, Role
    from nnspec.show.scaling import Scaling
    from nnspec.show.summary import Summary
    from nnspec.spec.model import LayerSpec, Spec

_JOINS = {"add": "+"}


def draw(summary: Summary) -> Picture:
    """Draw a network; what repeats or goes on for long is drawn as one box."""
    spec = summary.spec
    pen = _Pen(summary)
    parts = [
        pen.box("data", "input", _named("feature", spec.input.size, spec.input.features)),
        *pen.scalings(scaling.before(spec.input)),
        *pen.layers((*spec.layers, spec.output.layer)),
        *pen.scalings(scaling.after(spec.output)),
        pen.box("data", spec.task or "output", _answer(spec)),
    ]
    return Picture(spec.name, spec.description, tuple(parts), tuple(pen.wires))


class _Pen:
    """Draws one part after the other, each wired to the one before."""

    def __init__(self, summary: Summary) -> None:
        self.wires: list[Wire] = []
        self._spec = summary.spec
        self._rows = {row.name: row for row in summary.rows}
        self._joins = {
            equation.place.name: equation.node.op.name
            for equation in summary.equations
            if len(equation.node.inputs) > 1
        }
        self._keys = 0
        self._last: str | None = None
        self._size = summary.spec.input.size or 0

    def box(self, role: Role, title: str, details: Iterable[str]) -> Box:
        box = Box(self._key(), role, title, tuple(line for line in details if line))
        self._wire(box)
        return box

    def scalings(self, scalings: Iterator[Scaling]) -> Iterator[Box]:
        for one in scalings:
            yield self.box("fixed", one.name, [one.formula, *one.assignments])

    def layers(self, layers: Sequence[LayerSpec]) -> list[Part]:
        return [
            self._block(run.layers[0]) if run.layers[0].layers else self._run(run)
            for run in fold(layers)
        ]

    def _run(self, run: Run) -> Box:
        first, last = run.layers[0], run.layers[-1]
        every = [inner for layer in run.layers for inner in layer.walk()]
        count = sum(self._rows[layer.name].parameters for layer in every)
        what = [_kind(first), self._rows[first.name].activation, *_settings(first, self._spec)]
        if not run.alike:
            title, what = "…", [f"{len(every):,} layers: {first.name} to {last.name}"]
        elif len(run.layers) > 1:
            title = f"{first.name} … {last.name}"
            what[0] = f"{len(run.layers):,} × {what[0]}"
        else:
            title = first.name
        parameters = f"{count:,} parameter{'' if count == 1 else 's'}" if count else ""
        box = self.box("learned" if count else "fixed", title, [*what, parameters])
        self._size = last.size_out or 0
        return box

    def _block(self, layer: LayerSpec) -> Block:
        key, entered, size = self._key(), self._last, self._size
        parts = tuple(self.layers(layer.layers))
        op = self._joins.get(layer.name)
        join = None
        if op is not None:
            join = self.box("join", _JOINS.get(op, op), ())
            if entered is not None:
                self.wires.append(Wire(entered, join.key, size, skips=True))
        self._size = layer.size_out or 0
        return Block(key, f"{layer.name} ({layer.type})", parts, join)

    def _key(self) -> str:
        self._keys += 1
        return f"n{self._keys}"

    def _wire(self, box: Box) -> None:
        if self._last is not None:
            self.wires.append(Wire(self._last, box.key, self._size))
        self._last = box.key


def _kind(layer: LayerSpec) -> str:
    if layer.size_in == layer.size_out and layer.type != "dense":
        return layer.type or ""
    return f"{layer.type} {layer.size_in} → {layer.size_out}"


def _settings(layer: LayerSpec, spec: Spec) -> Iterator[str]:
    """Yield what the author wrote of the layer's kind; defaults stand in `nnspec render`."""
    for key, value in layer.settings.items():
        if key != "size" and spec.says(f"{layer.pointer}/{key}"):
            yield f"{key} {_plain(value)}"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _named(noun: str, size: int | None, names: tuple[str, ...] | None) -> list[str]:
    count = f"{size:,} {noun}{'' if size == 1 else 's'}" if size is not None else ""
    return [count] if names is None else [count, ", ".join(names)]


def _answer(spec: Spec) -> list[str]:
    output = spec.output
    lines = _named("output", output.layer.size_out, output.labels)
    if output.threshold is not None:
        distinct = tuple(dict.fromkeys(output.threshold))
        short = distinct[0] if len(distinct) == 1 else output.threshold
        lines.append(f"threshold {scaling.in_short(short)}")
    return lines
