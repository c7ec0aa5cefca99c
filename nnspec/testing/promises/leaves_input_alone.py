"""The input is as it was when the function returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nnspec.testing.breach import Breach, differences, shown
from nnspec.testing.subject import DTYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.testing.subject import Subject

NEEDS = None


def breaches(subject: Subject) -> Iterator[Breach]:
    """Compare the input's bits; a result that is the input itself would be written to later."""
    for dtype in DTYPES:
        x = subject.samples(dtype)
        before = x.copy()
        y = subject(x)
        yield from differences(before, x, before, why=" in the input after the call")
        if isinstance(y, np.ndarray) and np.shares_memory(x, y):
            yield Breach(shown(before), "a view of the input", "a new array")
