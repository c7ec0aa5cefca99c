"""Arrays of one name, compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from nnspec.weights.load import Loaded


@dataclass(frozen=True, slots=True)
class ArrayPair:
    """One array in both networks.

    Attributes:
        shapes: in the first and in the second; None where it is missing.
        norms: the square root of the sum of squares, likewise.
        largest: the largest |second - first|, NaN where one of two numbers is NaN and the other
            not; None where the shapes differ.
        equal: of one shape and dtype and the same bits.
    """

    name: str
    shapes: tuple[tuple[int, ...] | None, tuple[int, ...] | None]
    norms: tuple[float | None, float | None]
    largest: float | None
    equal: bool


def compare_weights(first: Loaded, second: Loaded) -> Iterator[ArrayPair]:
    """Compare all arrays of two networks, those that normalize and the like take, too."""
    ours, theirs = ({**one.arrays, **one.extras} for one in (first, second))
    for name in (*ours, *(name for name in theirs if name not in ours)):
        yield _pair(name, ours.get(name), theirs.get(name))


def largest_difference(a: NDArray[Any], b: NDArray[Any]) -> float:
    """Give max |b - a| in float64; equal infinities and NaN on both sides differ by 0.

    Examples:
        >>> largest_difference(np.array([1.0, np.nan, np.inf]), np.array([1.5, np.nan, np.inf]))
        0.5
    """
    if a.size == 0:
        return 0.0
    a, b = a.astype(np.float64), b.astype(np.float64)
    with np.errstate(all="ignore"):
        distance = np.abs(b - a)
    distance[(a == b) | (np.isnan(a) & np.isnan(b))] = 0.0
    return float(distance.max())


def same_bits(a: NDArray[Any], b: NDArray[Any]) -> bool:
    """Say whether two arrays are the same to the bit: -0.0 is not 0.0, NaN is itself.

    Examples:
        >>> same_bits(np.array([0.0]), np.array([-0.0]))
        False
    """
    if a.shape != b.shape or a.dtype != b.dtype:
        return False
    bits = np.dtype(f"u{a.dtype.itemsize}")
    a, b = np.ascontiguousarray(a), np.ascontiguousarray(b)
    return np.array_equal(a.view(bits), b.view(bits))


def _pair(name: str, a: NDArray[Any] | None, b: NDArray[Any] | None) -> ArrayPair:
    comparable = a is not None and b is not None and a.shape == b.shape
    return ArrayPair(
        name,
        (None if a is None else a.shape, None if b is None else b.shape),
        (_norm(a), _norm(b)),
        largest_difference(a, b) if comparable and a is not None and b is not None else None,
        a is not None and b is not None and same_bits(a, b),
    )


def _norm(array: NDArray[Any] | None) -> float | None:
    if array is None:
        return None
    with np.errstate(all="ignore"):
        return float(np.linalg.norm(array.astype(np.float64).ravel()))
