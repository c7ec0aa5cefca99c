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
    called "label", as `nnspec run --emit labels` writes them.

    Raises:
        DataError: the file cannot be read, or holds something that is no label of the spec.
    """
    texts = _texts(path) if spec.task != "multilabel" or size > 1 else None
    if texts is not None:
        return _several(texts, spec, path) if spec.task == "multilabel" else _one(texts, spec, path)
    with batches.open(path, size=size, dtype="float64") as blocks:
        parts = [np.empty((0, size)), *(block.values for block in blocks)]
    labels = _checked(np.concatenate(parts), class_count(spec), path)
    return labels if spec.task == "multilabel" else labels[:, 0]


def class_count(spec: Spec) -> int:
    """Count the classes of a task: two for binary, and for each label of multilabel."""
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


def _one(texts: Sequence[str], spec: Spec, path: Path) -> NDArray[Any]:
    labels = spec.output.labels or ()
    # Numbers of classes will do, too, unless the texts of the spec are numbers themselves.
    classes = {str(k): k for k in range(class_count(spec))}
    numbers = {label: k for k, label in enumerate(labels)}
    if not labels or (not numbers.keys() & set(texts) and classes.keys() >= set(texts)):
        numbers = classes
    for row, text in enumerate(texts):
        if text not in numbers:
            raise _no_label(text, row, labels, path)
    return np.array([numbers[text] for text in texts], dtype=np.int64)


def _several(texts: Sequence[str], spec: Spec, path: Path) -> NDArray[Any]:
    """Read the labels of each row, with ";" between them as `nnspec run` writes them."""
    size = spec.output.layer.size_out or 0
    labels = spec.output.labels or tuple(str(k) for k in range(size))
    rows = np.zeros((len(texts), size), dtype=np.int64)
    for row, text in enumerate(texts):
        for word in text.split(";") if text else []:
            if word not in labels:
                raise _no_label(word, row, labels, path)
            rows[row, labels.index(word)] = 1
    return rows


def _no_label(text: str, row: int, labels: Sequence[str], path: Path) -> DataError:
    known = f"none of the labels {quote(list(labels))}" if labels else "no class"
    return DataError(f"{path.name}: row {row} (counted from 0) has {quote(text)}, which is {known}")


def _checked(values: NDArray[Any], classes: int, path: Path) -> NDArray[Any]:
    wrong = ~((values >= 0) & (values < classes) & (values == np.floor(values)))
    if wrong.any():
        row, column = (int(k) for k in np.argwhere(wrong)[0])
        raise DataError(
            f"{path.name}: row {row} (counted from 0) has {values[row, column]:g}, where a "
            f"whole number from 0 to {classes - 1} is expected"
        )
    return values.astype(np.int64)
