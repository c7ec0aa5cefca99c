"""True labels from a file: whole numbers, or the label texts of the spec."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.data import batches, sources
from nnspec.data.table import Selection
from nnspec.diagnostics.quote import quote
from nnspec.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from nnspec.spec.model import Spec

_ROWS = 4096


def read_labels(path: Path, spec: Spec, size: int) -> NDArray[Any]:
    """Read labels as int64: (n,), or (n, size) of 0 and 1 for multilabel.

    A text format may hold the label texts of the spec in its only column, or in the one that is
    called "label".

    Raises:
        DataError: the file cannot be read, or holds something that is no label of the spec.
    """
    if spec.task != "multilabel":
        texts = _texts(path)
        if texts is not None:
            return _by_text(texts, spec, path)
    with batches.open(path, size=size, dtype="float64") as blocks:
        parts = [np.empty((0, size)), *(block.values for block in blocks)]
    labels = _checked(np.concatenate(parts), _classes(spec), path)
    return labels if spec.task == "multilabel" else labels[:, 0]


def _classes(spec: Spec) -> int:
    if spec.task != "multiclass":
        return 2
    assert spec.output.layer.size_out is not None
    return spec.output.layer.size_out


def _texts(path: Path) -> list[str] | None:
    """Give the column of labels as texts; None where the file has no named column for them."""
    source = sources.from_path(path)
    with source.stream:
        if not sources.format_of(source).TEXTS:
            return None
        table = sources.format_of(source).open(source, size=1, features=None)
        names = table.columns or ()
        name = names[0] if len(names) == 1 else "label"
        if name not in names:
            return None
        blocks = table.blocks(_ROWS, Selection((), (names.index(name),)))
        return [str(value) for block in blocks for value in block.kept[name]]


def _by_text(texts: Sequence[str], spec: Spec, path: Path) -> NDArray[Any]:
    labels = spec.output.labels or ()
    numbers = {label: k for k, label in enumerate(labels)}
    if not all(text in numbers for text in texts):
        # What are no label texts may still be the numbers of classes.
        numbers = {str(k): k for k in range(_classes(spec))}
    for row, text in enumerate(texts):
        if text not in numbers:
            raise DataError(
                f"{path.name}: row {row} (counted from 0) has {quote(text)}, which is "
                f"{'none of the labels ' + quote(list(labels)) if labels else 'no class'}"
            )
    return np.array([numbers[text] for text in texts], dtype=np.int64)


def _checked(values: NDArray[Any], classes: int, path: Path) -> NDArray[Any]:
    wrong = ~((values >= 0) & (values < classes) & (values == np.floor(values)))
    if wrong.any():
        row, column = (int(k) for k in np.argwhere(wrong)[0])
        raise DataError(
            f"{path.name}: row {row} (counted from 0) has {values[row, column]:g}, where a "
            f"whole number from 0 to {classes - 1} is expected"
        )
    return values.astype(np.int64)
