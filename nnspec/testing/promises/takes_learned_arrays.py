"""A learned parameter may be an array, of one number for each unit or of one for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.testing.breach import Breach, form, shown
from nnspec.testing.settings import allows
from nnspec.testing.subject import DTYPES, CallError, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

NEEDS = "learnable"

_UNITS = 5


def breaches(subject: Subject) -> Iterator[Breach]:
    """Compare rows with what each unit gives by itself, its parameters being numbers."""
    if subject.activation.rowwise:  # a unit by itself is nothing there
        return
    for dtype in DTYPES:
        x = subject.samples(dtype).reshape(-1, 1).repeat(_UNITS, axis=1)
        for shape in ((), (1,), (_UNITS,)):
            learned = _learned(subject, shape, dtype)
            given = f"{form(x)} and {', '.join(learned)} of shape {shape}"
            try:
                y = np.asarray(Subject(subject.activation, {**subject.parameters, **learned})(x))
            except CallError as failed:
                yield Breach(given, str(failed), "a result")
                return
            expected = _apart(subject, x, learned)
            if y.shape != expected.shape or y.dtype != expected.dtype:
                yield Breach(given, form(y), form(expected))
                return
            wrong = ~np.isclose(y, expected, equal_nan=True).all(axis=1)
            for row in np.flatnonzero(wrong)[:1]:
                yield Breach(
                    f"{given}: {x[row, 0]}",
                    shown(y[row]),
                    f"{shown(expected[row])}, as unit by unit",
                )


def _learned(
    subject: Subject, shape: tuple[int, ...], dtype: type[np.floating[Any]]
) -> dict[str, NDArray[Any]]:
    """Give the subject's numbers, but their halves for every other unit if they may be."""
    arrays = {}
    for name in subject.activation.learnable:
        array = np.full(shape, subject.parameters[name], dtype)
        half = array.flat[0] / 2
        if shape and allows(subject.activation.parameters[name], float(half)):
            array[1::2] = half
        arrays[name] = array
    return arrays


def _apart(subject: Subject, x: NDArray[Any], learned: dict[str, NDArray[Any]]) -> NDArray[Any]:
    outputs = []
    for unit in range(x.shape[1]):
        own = {name: float(array.flat[unit % array.size]) for name, array in learned.items()}
        one = Subject(subject.activation, {**subject.parameters, **own})
        outputs.append(np.asarray(one(x[:, unit])))
    return np.stack(outputs, axis=1)
