"""A NaN gives NaN, and what holds none gives none.

A function on rows gives a NaN in the row that has one, and in no other.
"""

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
    """Put a NaN after every number, or at the start of every other row."""
    for dtype in DTYPES:
        x = np.repeat(subject.samples(dtype), 2, axis=0)
        x.reshape(len(x), -1)[1::2, 0] = np.nan
        y = np.asarray(subject(x))
        has, wanted = np.isnan(y), np.isnan(x)
        if subject.activation.rowwise:
            has, wanted = has.any(axis=-1), wanted.any(axis=-1)
        for index in np.flatnonzero(has != wanted)[:1]:
            expected = "NaN" if wanted[index] else "no NaN"
            yield Breach(shown(x[index]), str(y[index]), expected)
