"""The derivative is the slope of the function, wherever it has one.

The slopes on both sides of x are taken in float64 over h = 2⁻²⁰; the derivative lies between them.
Where they lie far apart there is a kink or a jump, and nothing is compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nnspec.testing.breach import Breach, form, shown
from nnspec.testing.subject import DTYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.testing.subject import Subject

NEEDS = "derivative"

_H = 2.0**-20
_KINK = 1e-2
"""How far the two sides may lie apart: up to a curvature of a thousand."""
_TOLERANCE = {np.float32: 1e-4, np.float64: 1e-5}


def breaches(subject: Subject) -> Iterator[Breach]:
    """Compare over [-8, 8], at numbers that float32 holds; shape and dtype are kept."""
    derivative = subject.activation.derivative
    if subject.activation.rowwise or derivative is None:
        return
    at = np.linspace(-8.0, 8.0, 513)
    before, here, after = (np.asarray(subject(at + step)) for step in (-_H, 0.0, _H))
    with np.errstate(invalid="ignore"):
        sides = np.sort([(here - before) / _H, (after - here) / _H], axis=0)
        size = 1 + np.abs(sides).max(axis=0)
        smooth = sides[1] - sides[0] <= _KINK * size
    for dtype in DTYPES:
        x = at.astype(dtype)
        given = np.asarray(subject.call(derivative, x))
        if given.shape != x.shape or given.dtype != x.dtype:
            yield Breach(shown(x), form(given), form(x))
            return
        slack = _TOLERANCE[dtype] * size
        fits = (given >= sides[0] - slack) & (given <= sides[1] + slack)
        for index in np.flatnonzero(smooth & ~fits)[:1]:
            slope = f"about {sides[:, index].mean():.9g}"
            yield Breach(shown(x[index]), str(given[index]), slope)
