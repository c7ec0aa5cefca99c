"""The scalar form gives the numbers of the function in float32, to 1 unit in the last place.

It works in double precision, on one number, as `scalar(x, out)` on one row, or on a number of each
half of a row. Engines that compile it hold it against the function themselves, and leave it where
it is not good to float64.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.testing.breach import Breach, differences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from nnspec.testing.subject import Subject

NEEDS = "scalar"


def breaches(subject: Subject) -> Iterator[Breach]:
    """Compare numbers for finite numbers, infinities and NaN."""
    if subject.activation.scalar is None:
        return
    x = subject.samples(np.float32)
    special = np.array([np.inf, -np.inf, np.nan], np.float32)
    wide = np.tile(special[:, np.newaxis], x.shape[-1]) if x.ndim > 1 else special
    x = np.concatenate([x, wide])
    expected = np.asarray(subject(x))
    came = _values(subject, x, expected.shape)
    with np.errstate(all="ignore"):
        near = np.abs(came.astype(np.float64) - expected) <= np.spacing(np.abs(expected))
    yield from differences(x, np.where(near, expected, came), expected)


def _values(subject: Subject, x: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    scalar = subject.activation.scalar
    assert scalar is not None
    values = np.empty(shape)
    if subject.activation.width is not None:
        halves = x.reshape(len(x), 2, -1).swapaxes(0, 1).reshape(2, -1).tolist()
        results = [subject.call(scalar, *pair) for pair in zip(*halves, strict=True)]
        values[...] = np.reshape(results, shape)
    elif subject.activation.rowwise:
        for row, out in zip(x.astype(np.float64), values, strict=True):
            subject.call(scalar, row, out)
    else:
        values[:] = [subject.call(scalar, value) for value in x.tolist()]
    with np.errstate(all="ignore"):
        return values.astype(x.dtype)
