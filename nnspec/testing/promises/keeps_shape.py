"""A result has the shape of its input, or its width, whatever the input's shape and layout.

Tried are a number alone, empty arrays, three dimensions, strided, reversed, Fortran-ordered and
read-only ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.testing.breach import Breach, form
from nnspec.testing.subject import DTYPES, CallError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from nnspec.testing.subject import Subject

NEEDS = None


def breaches(subject: Subject) -> Iterator[Breach]:
    """Compare shapes, and the values with those of a plain array of the same numbers."""
    for dtype in DTYPES:
        for kind, x in _inputs(dtype):
            name = f"{kind}, {form(x)}"
            shape = subject.shape(x.shape)
            if shape is None:  # what the width refuses never gets to the function
                continue
            try:
                y = np.asarray(subject(x))
            except CallError as failed:
                yield Breach(name, str(failed), f"a result of shape {shape}")
                return
            if y.shape != shape:
                yield Breach(name, f"shape {y.shape}", f"shape {shape}")
            elif not np.allclose(y, subject(np.array(x, order="C")), equal_nan=True):
                yield Breach(name, "other values", "the values of a plain array of these numbers")


def _inputs(dtype: type[np.floating[Any]]) -> Iterator[tuple[str, NDArray[Any]]]:
    wide = np.linspace(-4.0, 4.0, 96).astype(dtype).reshape(8, 12)
    locked = wide.copy()
    locked.flags.writeable = False
    yield "a number alone", np.array(0.5, dtype)
    yield "an empty array", np.empty(0, dtype)
    yield "no rows", np.empty((0, 4), dtype)
    yield "three dimensions", wide.reshape(2, 4, 12)
    yield "a strided array", wide[::2, ::3]
    yield "a reversed array", wide[::-1, ::-1]
    yield "a Fortran-ordered array", np.asfortranarray(wide)
    yield "a read-only array", locked
