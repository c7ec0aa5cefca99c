"""There is no warning at ±1e4, ±0, ±∞ and NaN, even where NumPy is told to raise."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from nnspec.testing.breach import Breach, shown
from nnspec.testing.subject import DTYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.testing.subject import Subject

NEEDS = None

_NUMBERS = (0.0, -0.0, 1.0, -1.0, 1e4, -1e4, np.inf, -np.inf, np.nan)


def breaches(subject: Subject) -> Iterator[Breach]:
    """Try each number alone; a function on rows gets it beside zero and beside itself."""
    activation = subject.activation
    functions = [activation.function, activation.derivative]
    for dtype in DTYPES:
        for number in _NUMBERS:
            x = np.array([number], dtype)
            if activation.rowwise:
                wide = subject.features(3)
                x = np.array([[number] * k + [0.0] * (wide - k) for k in range(1, wide + 1)], dtype)
            for function in functions:
                if function is None:
                    continue
                try:
                    with np.errstate(all="raise"), warnings.catch_warnings():
                        warnings.simplefilter("error")
                        function(x, **subject.parameters)
                except (FloatingPointError, Warning) as warning:
                    which = " in the derivative" if function is activation.derivative else ""
                    yield Breach(shown(x), f"{type(warning).__name__}: {warning}{which}", "silence")
