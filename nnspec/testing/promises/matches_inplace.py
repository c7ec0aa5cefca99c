"""The in-place form gives the bits of the function, into another array and into its input."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nnspec.testing.breach import differences
from nnspec.testing.subject import DTYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.testing.breach import Breach
    from nnspec.testing.subject import Subject

NEEDS = "inplace"


def breaches(subject: Subject) -> Iterator[Breach]:
    """Compare bits, for rows and columns as a network has them."""
    inplace = subject.activation.inplace
    if inplace is None:
        return
    for dtype in DTYPES:
        x = subject.samples(dtype)
        x = np.ascontiguousarray(x.reshape(-1, x.shape[-1] if x.ndim > 1 else 5))
        expected = np.asarray(subject(x))
        other, same = np.empty_like(x), x.copy()
        before = x.copy()
        subject.call(inplace, x, other)
        yield from differences(before, other, expected, why=", written to another array")
        yield from differences(before, x, before, why=" in the input, which is not `out`")
        subject.call(inplace, same, same)
        yield from differences(before, same, expected, why=", written to the input itself")
