"""The bits of a number do not depend on its neighbours; of a row, not on other rows."""

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
    """Compare each alone with all together, backwards, and beside infinities and NaN."""
    for dtype in DTYPES:
        x = subject.samples(dtype)
        alone = np.concatenate([np.asarray(subject(x[k : k + 1])) for k in range(len(x))])
        yield from differences(x, np.asarray(subject(x)), alone, why=", as alone")
        backwards = np.asarray(subject(np.ascontiguousarray(x[::-1])))[::-1]
        yield from differences(x, backwards, alone, why=", as alone")
        beside = np.full((2 * len(x), *x.shape[1:]), np.nan, dtype)
        beside[::2], beside[1::4] = x, np.inf
        yield from differences(x, np.asarray(subject(beside))[::2], alone, why=", as alone")
