"""The right values where frameworks are wrong, by hand: limits, and rows with infinities."""

from __future__ import annotations

from math import exp, log, log1p

from peers import points
from peers.points import INF, NAN

TWO_OVER_PI = 0.6366197723675814
NAN_KEPT = {NAN: NAN}
GATE = {-INF: 0.0}  # x·g(x) with a gate that closes faster than x grows; as it stands, −∞·0
SOFTSIGN = {-INF: -1.0, INF: 1.0}

SOFTMAX = {points.WITH_INFINITY: (1, 0, 0, 0, 0), points.NOTHING: (0.2,) * 5}
SOFTMIN = {points.WITHOUT_ENDS: (0.5, 0, 0, 0, 0.5), points.NOTHING: (0.2,) * 5}
LOG_SOFTMAX = {
    points.WITH_INFINITY: (0, -INF, -INF, -INF, -INF),
    points.NOTHING: (log(0.2),) * 5,
}
_large = log(2 + exp(-1))  # beside 1e4
_steep = log1p(exp(-9.5) + exp(-40) + exp(-70) + exp(-100))  # beside 10
LOG_OF_SOFTMAX = {
    **LOG_SOFTMAX,
    points.LARGE: tuple(x - 1e4 - _large for x in points.LARGE),
    points.STEEP: tuple(x - 10 - _steep for x in points.STEEP),
}
HARDMAX = {points.WITH_NAN: (NAN,) * 5}
SPARSEMAX = {
    points.EQUAL: (0.2,) * 5,
    points.LARGE: (0.5, 0.5, 0, 0, 0),
    points.TINY: tuple(0.2 - 2e-5 + x for x in points.TINY),
    points.NEAR: (0.34375, 0.09375, 0, 0.21875, 0.34375),
    points.WITH_INFINITY: (1, 0, 0, 0, 0),
    points.NOTHING: (0.2,) * 5,
    points.WITH_NAN: (NAN,) * 5,
}

# In float32 the share of the gate is subnormal or 0, but what it is multiplied by is large.
GLU = {points.LARGE_FIRST: (1e30 * exp(-90), -1e30 * exp(-100))}


def swiglu(beta):
    """Give the right values where the gate is first, with the limit of a gate that closes."""
    large = (-90 * exp(-90 * beta) * 1e30, 100 * exp(-100 * beta) * 1e30)
    return {points.LARGE_LAST: large, points.INFINITE_FIRST: (INF, 0)}
