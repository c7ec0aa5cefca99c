"""The first rows of a run as a table that a person enjoys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.quote import escape
from nnspec.show.columns import label_texts
from nnspec.show.decision import decide
from nnspec.show.numbers import number
from nnspec.show.table import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.data.table import Block
    from nnspec.model import Model

ROWS = 20
_MOST_COLUMNS = 6
_BAR = 20


def render(
    model: Model, emit: str, columns: Sequence[str], block: Block | None, total: int | None
) -> str:
    """Draw up to 20 rows, and say how many more there are.

    Args:
        model: the network.
        emit: what to show of it, as `--emit` names it.
        columns: the names of the numbers.
        block: the first rows of the data, up to 21 of them.
        total: how many rows there are, None where nobody knows yet.
    """
    if block is None or not len(block.values):
        return "no rows"
    values = block.values[:ROWS]
    if emit == "labels":
        texts = label_texts(model.program(emit)(values), model.spec)
        lines = table(
            ["row", "label"], [(str(k), escape(t)) for k, t in enumerate(texts)], right=[0]
        )
    elif emit == "outputs" and model.spec.task == "multiclass":
        lines = _classes(model, block)
    else:
        lines = _numbers(model, emit, columns, block)
    more = len(block.values) > ROWS
    if more:
        count = f"{total:,}" if total is not None else "more"
        lines.append(f"… the first {ROWS} of {count} rows; -o FILE keeps them all")
    return "\n".join(lines)


def _classes(model: Model, block: Block) -> list[str]:
    """The likeliest class of each row, how likely it is, and which come next."""
    rows = []
    for k, y in enumerate(model.program("outputs")(block.values[:ROWS])):
        decision = decide(y, model.spec)
        first, *others = decision.outcomes
        sure = first.chosen is not None and 0 <= first.value <= 1
        bar = "█" * round(first.value * _BAR) if sure else ""
        rest = ", ".join(f"{escape(o.label)} {o.value:.4f}" for o in others[:2])
        label = "—" if decision.answer is None else escape(first.label)
        rows.append((str(k), label, f"{first.value:.4f}", bar.ljust(_BAR), rest))
    return table(["row", "label", "probability", "", "then"], rows, right=[0, 2])


def _numbers(model: Model, emit: str, columns: Sequence[str], block: Block) -> list[str]:
    """The numbers of each row, and for outputs of a binary or multilabel task the answer."""
    shown = [escape(name) for name in columns[:_MOST_COLUMNS]]
    head = ["row", *shown, *(["…"] if len(columns) > _MOST_COLUMNS else [])]
    decided = emit == "outputs" and model.spec.task in {"binary", "multilabel"}
    rows = []
    for k, y in enumerate(model.program(emit)(block.values[:ROWS])):
        cells = [str(k), *(number(value) for value in y[:_MOST_COLUMNS])]
        cells += ["…"] if len(columns) > _MOST_COLUMNS else []
        if decided:
            cells.append(escape(decide(y, model.spec).answer or "—"))
        rows.append(cells)
    if decided:
        head.append("label")
    return table(head, rows, right=range(len(shown) + 1))
