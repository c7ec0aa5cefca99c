"""The error of an activation in units in the last place, on a grid of the whole type."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
from mpmath import mp

sys.path.insert(0, str(Path(__file__).parent))
import reference

BITS = {np.dtype(np.float32): (24, -149), np.dtype(np.float64): (53, -1074)}
# where exponentials vanish or saturate, where splits and series change over
CROSSOVERS = [0.25, 0.5, 1, 2, 2.5, 3, 4, 5, 6, 8, 9, 10, 13, 14.2, 16, 17.5, 19, 20, 21.6, 22]
CROSSOVERS += [30, 36.7, 37.5, 38.6, 40, 60, 85, 88.7, 90, 100, 103.97, 150, 300, 350, 372.6]
CROSSOVERS += [437.8, 500, 700, 708.4, 709.78, 720, 745.13, 750, 800, 1000, 1500, 10000]


class Worst(NamedTuple):
    """The largest error found, and where."""

    ulp: float
    at: float


def grid(dtype, points, seed=0):
    """Every exponent with both signs, the crossovers and their neighbours, and what lies between."""
    rng = np.random.default_rng(seed)
    lowest = BITS[np.dtype(dtype)][1]
    exponents = np.arange(lowest, np.finfo(dtype).maxexp)
    mantissas = 1 + rng.integers(0, 2**20, exponents.size) / 2.0**20
    powers = np.ldexp(mantissas, exponents)
    near = np.array(CROSSOVERS)
    near = np.concatenate([np.nextafter(near, 0), near, np.nextafter(near, np.inf)])
    spread = [rng.uniform(0, width, points // 6) for width in (1, 10, 40, 110, 760)]
    small = 10.0 ** rng.uniform(-9, 0, points // 6)
    positive = np.concatenate([powers, near, *spread, small])
    with np.errstate(over="ignore", under="ignore"):
        positive = positive.astype(dtype)
    positive = positive[np.isfinite(positive)]
    return np.concatenate([positive, -positive])


def error(got, exact, dtype):
    """The distance from a result to the exact value, in units in its last place.

    An infinity stands for the first number beyond the type, as rounding has it, and what is
    exactly beyond the type for the same.
    """
    bits, lowest = BITS[np.dtype(dtype)]
    if np.isnan(got):
        return float("inf")
    beyond = mp.mpf(2) ** np.finfo(dtype).maxexp
    exact = max(min(exact, beyond), -beyond)
    if np.isinf(got):
        got = beyond * mp.sign(got)
    exponent = max(mp.frexp(exact)[1] - bits, lowest) if exact else lowest
    exponent = min(exponent, np.finfo(dtype).maxexp - bits)
    return float(abs(mp.mpf(got) - exact) / mp.mpf(2) ** exponent)


def worst(function, name, x, **parameters):
    """Compare function(x) with the reference called name, and give the largest error."""
    define = reference.ELEMENTWISE[name]
    result = Worst(0.0, 0.0)
    for at, got in zip(x.tolist(), function(x, **parameters).tolist(), strict=True):
        found = error(got, define(mp.mpf(at), **parameters), x.dtype)
        if found > result.ulp:
            result = Worst(found, at)
    return result


def worst_row(function, name, row, **parameters):
    """The same for one row of a rowwise activation."""
    exact = reference.ROWWISE[name]([mp.mpf(at) for at in row.tolist()], **parameters)
    got = function(row[np.newaxis], **parameters)[0].tolist()
    errors = [error(one, value, row.dtype) for one, value in zip(got, exact, strict=True)]
    place = int(np.argmax(errors))
    return Worst(errors[place], row[place].item())
