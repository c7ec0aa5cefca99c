"""Time one call."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ENOUGH = 0.03
"""Seconds of calls from which their mean is steady."""


def seconds_a_call(run: Callable[[Any], Any], x: Any) -> float:
    """Give the mean over as many calls as take 0.03 s.

    The first call wakes threads and fills caches: it counts only where it takes that long itself.
    """
    start = time.perf_counter()
    run(x)
    first = time.perf_counter() - start
    if first >= ENOUGH:
        return first
    calls, batch = 0, max(1, min(1000, int(ENOUGH / 10 / max(first, 1e-9))))
    start = time.perf_counter()
    while (passed := time.perf_counter() - start) < ENOUGH:
        for _ in range(batch):
            run(x)
        calls += batch
    return passed / calls
