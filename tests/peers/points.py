"""Where the frameworks are asked: zeros, subnormal and tiny numbers, every bend, tails, limits."""

from __future__ import annotations

import numpy as np

INF, NAN = float("inf"), float("nan")

POSITIVE = [0.0, 1e-38, 1e-30, 1e-8, 1e-4, 0.01, 0.1, 0.25, 0.5, 0.7, 1.0, 1.3, 1.7, 2.0, 2.5]
POSITIVE += [2.699, 3.0, 3.3, 4.0, 5.0, 5.5, 6.0, 8.0, 10.0, 13.0, 15.0, 17.0, 20.0, 20.5, 25.0]
POSITIVE += [30.0, 40.0, 88.0, 90.0, 100.0, 700.0, 1e4, INF]

EQUAL = (1.0, 1.0, 1.0, 1.0, 1.0)
LARGE = (1e4, 1e4, -1e4, 0.0, 9999.0)
STEEP = (-30.0, -60.0, -90.0, 10.0, 0.5)
TINY = (1e-8, -1e-8, 0.0, -0.0, 1e-4)
NEAR = (0.5, 0.25, -0.125, 0.375, 0.5)
WITHOUT_ENDS = (-INF, 0.0, 1.0, 2.0, -INF)
WITH_INFINITY = (INF, 0.0, 1.0, 2.0, 3.0)
NOTHING = (-INF, -INF, -INF, -INF, -INF)
WITH_NAN = (NAN, 0.0, 1.0, 2.0, 3.0)
ROWS = [(0.3, 2.9, 4.0, -1.0, 0.0), EQUAL, LARGE, (-1e4, -1e4, -1e4, -1e4, -9990.0), STEEP, TINY]
ROWS += [NEAR, WITHOUT_ENDS, WITH_INFINITY, NOTHING, WITH_NAN]


def points(dtype, rowwise=False):
    """Give the inputs in a type: numbers of both signs and NaN, or rows.

    Examples:
        >>> points("float32").shape, points("float64", rowwise=True).shape
        ((77,), (11, 5))
    """
    if rowwise:
        return np.array(ROWS, dtype)
    return np.array([*(-x for x in reversed(POSITIVE)), *POSITIVE, NAN], dtype)
