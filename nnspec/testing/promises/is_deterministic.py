"""The same input gives the same bits, whenever it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nnspec.testing.breach import differences
from nnspec.testing.subject import DTYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.testing.breach import Breach
    from nnspec.testing.subject import Subject

NEEDS = None


def breaches(subject: Subject) -> Iterator[Breach]:
    """Call the function twice, with another input in between."""
    for dtype in DTYPES:
        x = subject.samples(dtype)
        first = np.array(subject(x))
        subject(x[::-1] * 2)
        yield from differences(x, np.asarray(subject(x)), first, why=", as the first call gave")
