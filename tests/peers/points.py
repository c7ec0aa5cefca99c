"""Where the frameworks are asked: zeros, subnormal and tiny numbers, every bend, tails, limits.

A gated unit is asked in rows of two values and two gates, and gives half of them.
"""

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
SLOPES = (0.25, -0.5, 0.0, 1.0, 3.0)  # of the places of a row
ROWS = [(0.3, 2.9, 4.0, -1.0, 0.0), EQUAL, LARGE, (-1e4, -1e4, -1e4, -1e4, -9990.0), STEEP, TINY]
ROWS += [NEAR, WITHOUT_ENDS, WITH_INFINITY, NOTHING, WITH_NAN]

LARGE_LAST = (-90.0, -100.0, 1e30, -1e30)
LARGE_FIRST = (1e30, -1e30, -90.0, -100.0)
INFINITE_LAST = (1.0, -2.0, INF, -INF)
INFINITE_FIRST = (INF, -INF, 1.0, -2.0)
HALVES = [(0.3, 2.9, 4.0, -1.0), (-2.0, 0.5, -3.3, 1.7), (20.0, -20.0, 1e4, -1e4)]
HALVES += [(-1e4, 1e4, 15.0, -15.0), (40.0, -40.0, -40.0, 40.0), (0.0, -0.0, 5.0, -5.0)]
HALVES += [(-5.0, 5.0, 0.0, -0.0), (1e-8, -1e-4, 0.01, -0.1), (1.3, -0.7, 1e-8, -1e-4)]
HALVES += [(1e-38, -1e-38, 3.0, -2.5), (1e30, -1e30, 1e-30, -1e-30), (88.0, -88.0, 88.0, -88.0)]
HALVES += [LARGE_LAST, LARGE_FIRST, INFINITE_LAST, INFINITE_FIRST]
HALVES += [(INF, INF, 0.0, -INF), (NAN, 1.0, 1.0, NAN)]

KINDS = {"points": [*(-x for x in reversed(POSITIVE)), *POSITIVE, NAN]}
KINDS |= {"rows": ROWS, "halves": HALVES}


def points(dtype, kind="points"):
    """Give the inputs of a kind in a type: numbers of both signs and NaN, rows, or halves.

    Examples:
        >>> [points("float32", kind).shape for kind in KINDS]
        [(77,), (11, 5), (18, 4)]
    """
    return np.array(KINDS[kind], dtype)


def kind(activation, parameters):
    """Say which inputs an activation needs; a tuple among the parameters is one number a unit."""
    if activation.width:
        return "halves"
    per_unit = any(isinstance(value, tuple) for value in parameters.values())
    return "rows" if activation.rowwise or per_unit else "points"
