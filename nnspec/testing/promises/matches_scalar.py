"""The scalar form gives the bits of the function, for one number at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nnspec.testing.breach import differences
from nnspec.testing.subject import DTYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.testing.breach import Breach
    from nnspec.testing.subject import Subject

NEEDS = "scalar"


def breaches(subject: Subject) -> Iterator[Breach]:
    """Compare bits for finite numbers, infinities and NaN of both dtypes."""
    scalar = subject.activation.scalar
    if scalar is None:
        return
    for dtype in DTYPES:
        x = np.concatenate([subject.samples(dtype), np.array([np.inf, -np.inf, np.nan], dtype)])
        values = [subject.call(scalar, value) for value in x]
        yield from differences(x, np.array(values, dtype), np.asarray(subject(x)))
