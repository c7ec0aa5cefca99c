"""Outputs against golden outputs, labels against true labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.records import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Worst:
    """The element that differs most, by one measure.

    Attributes:
        by: |actual - expected|, or that over |expected|.
        row, column: where, counted from 0.
    """

    by: float
    row: int
    column: int
    actual: float
    expected: float

    def __str__(self) -> str:
        return (
            f"{self.by:.3g} at row {self.row}, output {self.column} "
            f"({self.actual:.9g} where {self.expected:.9g} was expected)"
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """How an output differs from the golden one.

    Attributes:
        elements: how many numbers were compared.
        count: how many are beyond the tolerance atol + rtol * |expected|.
        absolute, relative: the worst of those; None where none is.
    """

    elements: int
    count: int
    rtol: float
    atol: float
    absolute: Worst | None = None
    relative: Worst | None = None

    @property
    def details(self) -> tuple[str, ...]:
        """Say where it differs most, absolutely and relatively; nothing where it does not."""
        measures = {"absolutely": self.absolute, "relatively": self.relative}
        return tuple(
            f"{measure} at most by {worst}" for measure, worst in measures.items() if worst
        )

    def __str__(self) -> str:
        tolerance = f"atol {self.atol:g} + rtol {self.rtol:g}"
        if self.count == 0:
            return f"{self.elements:,} elements agree within {tolerance}"
        return f"{self.count:,} of {self.elements:,} elements differ by more than {tolerance}"


@dataclass(frozen=True, slots=True)
class Score:
    """How many labels are right.

    Attributes:
        first: the first row that is wrong, counted from 0; None if none is.
    """

    correct: int
    total: int
    first: int | None = None

    @property
    def accuracy(self) -> float:
        """The share that is right; NaN of no rows."""
        return self.correct / self.total if self.total else float("nan")

    def __str__(self) -> str:
        return f"accuracy {self.accuracy:.4f} ({self.correct:,} of {self.total:,})"


def compare(
    actual: NDArray[Any], expected: NDArray[Any], *, rtol: float, atol: float
) -> Difference:
    """Compare arrays of one shape (n, outputs): |a - e| <= atol + rtol * |e|, in float64.

    NaN agrees with NaN, an infinity with itself.

    Examples:
        >>> compare(np.array([[1.0, 2.5]]), np.array([[1.0, 2.0]]), rtol=0.0, atol=0.1).count
        1
    """
    a, e = actual.astype(np.float64), expected.astype(np.float64)
    with np.errstate(all="ignore"):
        distance = np.abs(a - e)
        # An infinite expected value would otherwise allow any finite one in its place.
        near = np.isfinite(e) & (distance <= atol + rtol * np.abs(e))
        wrong = ~(near | (a == e) | (np.isnan(a) & np.isnan(e)))
        relative = distance / np.abs(e)
    count = int(np.count_nonzero(wrong))
    if count == 0:
        return Difference(a.size, 0, rtol, atol)
    return Difference(
        a.size, count, rtol, atol, _worst(distance, wrong, a, e), _worst(relative, wrong, a, e)
    )


def score(actual: NDArray[Any], expected: NDArray[Any]) -> Score:
    """Compare labels, (n,) or (n, outputs); a row of several is right if all of it is."""
    right = actual == expected
    if right.ndim == 2:
        right = right.all(axis=1)
    correct = int(np.count_nonzero(right))
    first = None if correct == right.size else int(np.argmin(right))
    return Score(correct, right.size, first)


def _worst(
    measure: NDArray[Any], wrong: NDArray[Any], actual: NDArray[Any], expected: NDArray[Any]
) -> Worst:
    """Find the largest of the wrong ones; one that cannot be measured, as NaN, counts as larger."""
    ranked = np.where(wrong, np.where(np.isnan(measure), np.inf, measure), -1.0)
    place = np.unravel_index(int(np.argmax(ranked)), ranked.shape)
    row, column = int(place[0]), int(place[1])
    return Worst(
        float(measure[row, column]),
        row,
        column,
        float(actual[row, column]),
        float(expected[row, column]),
    )
