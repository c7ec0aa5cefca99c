"""A result has the dtype of its input, float32 or float64."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nnspec.testing.breach import Breach, shown
from nnspec.testing.subject import DTYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.testing.subject import Subject

NEEDS = None


def breaches(subject: Subject) -> Iterator[Breach]:
    """Try one row of each dtype, and one number."""
    for dtype in DTYPES:
        row = np.resize(np.array([-1.0, 0.0, 2.0], dtype), subject.features(3))
        for x in (row, np.array(1.5, dtype)):
            if subject.shape(x.shape) is None:
                continue
            y = np.asarray(subject(x))
            if y.dtype != x.dtype:
                yield Breach(shown(x), str(y.dtype), str(x.dtype))
