"""Which classes are taken for which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.cases.labels import class_count
from nnspec.records import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.spec.model import Spec


_MOST_CLASSES = 100


@dataclass(frozen=True)
class Confusion:
    """Rows by their true class and the one that was predicted.

    Attributes:
        labels: the names of the classes, by number where the spec has none.
        counts: (classes, classes), true class × predicted class.
        undecided: rows whose outputs held NaN, so that nothing was predicted.
    """

    labels: tuple[str, ...]
    counts: NDArray[np.int64]
    undecided: int = 0


def confusion(actual: NDArray[Any], expected: NDArray[Any], spec: Spec) -> Confusion | None:
    """Count the pairs of labels, both (n,) int64; an actual one may be -1 for none.

    None where there are so many classes that nobody would read it.
    """
    classes = class_count(spec)
    if classes > _MOST_CLASSES:
        return None
    decided = actual >= 0
    counts = np.zeros((classes, classes), dtype=np.int64)
    np.add.at(counts, (expected[decided], actual[decided]), 1)
    labels = spec.output.labels or tuple(str(k) for k in range(classes))
    return Confusion(labels, counts, int(np.count_nonzero(~decided)))
