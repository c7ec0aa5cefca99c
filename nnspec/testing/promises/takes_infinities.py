"""At ±∞ the value is the limit of the function, where it has one.

Whether it has one is told from its values on the way, up to ±1e16: they settle, or they grow by
ever more. A function on rows is tried by its first output for the row (x, 1, …).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.testing.breach import Breach, shown
from nnspec.testing.subject import DTYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from nnspec.testing.subject import Subject

NEEDS = None

_FAR = (1e2, 1e3, 1e4, 1e6, 1e8, 1e12, 1e16)
_SETTLED = 1e-3


def breaches(subject: Subject) -> Iterator[Breach]:
    """Compare the value at each infinity with the limit."""
    for dtype in DTYPES:
        for sign in (1.0, -1.0):
            x = np.array([sign * np.inf], dtype)
            came = float(subject.along(x)[0])
            limit = _limit(subject.along(np.multiply(_FAR, sign).astype(dtype)).astype(np.float64))
            if limit is None or came == limit:
                continue
            if np.isinf(limit) or not abs(came - limit) <= _SETTLED * (1 + abs(limit)):
                yield Breach(shown(x), str(came), f"about {limit:.6g}, its limit")


def _limit(y: NDArray[Any]) -> float | None:
    """Tell from the values where they go; None where that cannot be told."""
    with np.errstate(invalid="ignore"):  # ∞ − ∞, of values that have arrived
        steps = np.diff(y)
    if y[-1] == y[-2] or abs(steps[-1]) <= _SETTLED * abs(steps[-2]):
        return float(y[-1])
    grows = np.all(steps * steps[0] > 0) and np.all(np.diff(np.abs(steps)) >= 0)
    return float(np.copysign(np.inf, y[-1])) if grows else None
