"""Plain decimals such as -12.375, a whole text of them at once and exactly, by NumPy alone.

A cell of at most 8 digits before and 22 after its point is a whole number m divided by a power of
ten; where m < 2^53, both are exact in float64, so that the quotient is the number nearest to the
text, as `float` gives it (W. D. Clinger, How to read floating point numbers accurately, 1990).
Eight digits make a whole number by three multiplications of 64 bits (D. Lemire, Number parsing at
a gigabyte per second, 2021). The few cells of another form are read one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.data.number_text import parse
from nnspec.data.strict_json import numbers as json_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

_PIECE = 1 << 18
"""Bytes read at once: what is computed of them stays in the cache."""
_ROOM = b"0" * 24
"""In front of a text, so that the digits before any place can be fetched eight at a time."""
_OTHERS = 16
"""One in so many cells may be of another form."""
_MOST = 22
"""Digits after the point; no higher power of ten is a float64."""
_POWERS = np.array([float(10**k) for k in range(_MOST + 1)])
_WHOLE_POWERS = np.array([10**k for k in range(19)] + [0] * (_MOST - 18), np.uint64)


def read(
    raw: bytes, separator: bytes, width: int, wanted: Sequence[int], *, json: bool = False
) -> NDArray[np.float64] | None:
    r"""Read the wanted columns of a text without quotes; None where it needs a closer look.

    That is for a cell that is no number, a line of another width, and many cells that are no
    plain decimals. Every line ends with a line feed. In `json` a number has digits on both sides of
    its point and no needless zero in front.

    Examples:
        >>> read(b"1,x,-2.5\n.25,y,1e3\n", b",", 3, [0, 2])
        array([[ 1.0e+00, -2.5e+00],
               [ 2.5e-01,  1.0e+03]])
        >>> read(b"1,2,3\n4,5\n", b",", 3, [0, 1, 2])
    """
    if not wanted:
        return None
    parts = []
    for piece in _pieces(raw):
        part = _piece(piece, separator, width, wanted, json)
        if part is None:
            return None
        parts.append(part)
    return np.concatenate(parts) if len(parts) > 1 else parts[0]


def _pieces(raw: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(raw):
        end = raw.find(b"\n", min(start + _PIECE, len(raw) - 1)) + 1
        yield raw[start:end]
        start = end


def _piece(
    raw: bytes, separator: bytes, width: int, wanted: Sequence[int], json: bool
) -> NDArray[np.float64] | None:
    text = np.frombuffer(_ROOM + raw, np.uint8)
    marks = np.flatnonzero(text - np.uint8(ord("0")) > 9)  # all but digits
    kinds = text[marks]
    ending = np.flatnonzero((kinds == ord(separator)) | (kinds == ord("\n")))
    if len(ending) % width:
        return None
    line_feeds = (kinds[ending] == ord("\n")).reshape(-1, width)
    if not line_feeds[:, -1].all() or line_feeds[:, :-1].any():
        return None
    ends = marks[ending]
    starts = np.concatenate(([len(_ROOM)], ends[:-1] + 1))
    inside = np.diff(ending, prepend=-1) - 1
    before = ending - (inside > 0)
    if tuple(wanted) != tuple(range(width)):
        ends, starts, inside, before = (
            array.reshape(-1, width)[:, wanted].reshape(-1)
            for array in (ends, starts, inside, before)
        )
    pointed = (kinds[before] == ord(".")) & (inside > 0)
    negative = text[starts] == ord("-")
    points = np.where(pointed, marks[before], ends)
    whole = points - starts - negative
    fraction = ends - points - pointed
    plain = (
        (inside == pointed.astype(np.int64) + negative)
        & (whole + fraction > 0)
        & (whole <= 8)
        & (fraction <= _MOST)
    )
    if json:
        plain &= (whole == 1) | (text[starts + negative] != ord("0"))
        plain &= (whole > 0) & (pointed == (fraction > 0))
    values, exact = _quotients(text, points, whole, ends, fraction)
    if json:
        plain &= pointed | (values > 0)  # -0 is a whole number, which has no sign
    np.negative(values, out=values, where=negative)
    others = np.flatnonzero(~(plain & exact))
    if len(others):
        if len(others) > 1 + len(values) // _OTHERS:
            return None
        places = zip(starts[others].tolist(), ends[others].tolist(), strict=True)
        cells = [raw[i - len(_ROOM) : j - len(_ROOM)].decode("ascii") for i, j in places]
        read_singly = (json_numbers if json else parse)(cells)
        if read_singly is None:
            return None
        values[others] = read_singly
    return values.reshape(-1, len(wanted))


def _quotients(
    text: NDArray[np.uint8],
    points: NDArray[Any],
    whole: NDArray[Any],
    ends: NDArray[Any],
    fraction: NDArray[Any],
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Give the numbers without their signs, and whether each is the nearest for sure."""
    eights = np.ndarray(len(text) - 7, "<u8", text, strides=(1,))
    digits = np.clip(fraction, 0, _MOST)
    number = _digits(eights, points, np.clip(whole, 0, 8))
    fits = (number == 0) | (whole + digits <= 18)
    number *= _WHOLE_POWERS[digits]
    number += _digits(eights, ends, np.minimum(digits, 8))
    (long,) = np.nonzero(digits > 8)
    if len(long):
        middle = _digits(eights, ends[long] - 8, np.minimum(digits[long] - 8, 8))
        number[long] += middle * np.uint64(10**8)
        longest = long[digits[long] > 16]
        first = _digits(eights, ends[longest] - 16, digits[longest] - 16)
        fits[longest] &= first < 100
        number[longest] += first * np.uint64(10**16)
    powers = _POWERS[digits]
    values = number.astype(np.float64) / powers
    (large,) = np.nonzero(fits & (number >= 2**53))
    if len(large):
        values[large], sure = _nearest(number[large], values[large], powers[large])
        fits[large] &= sure
    return values, fits


def _nearest(
    number: NDArray[np.uint64], quotient: NDArray[np.float64], power: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Correct number / power, where number is no float64, by what the division left over.

    The rest is exact (T. J. Dekker, A floating-point technique for extending the available
    precision, 1971), so that only next to the middle between two float64 the nearest is unsure.
    """
    rounded = number.astype(np.float64)
    lost = (number.astype(np.int64) - rounded.astype(np.int64)).astype(np.float64)
    (a, b), (c, d) = _halves(quotient), _halves(power)
    product = quotient * power
    error = ((a * c - product) + a * d + b * c) + b * d
    step = ((rounded - product) - error + lost) / power
    nearest = quotient + step
    left = np.abs(step - (nearest - quotient)) / np.spacing(nearest)
    # Below a power of two the next number is half as far.
    return nearest, (np.abs(left - 0.5) > 1e-6) & (np.abs(left - 0.25) > 1e-6)


def _halves(x: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Split numbers into two of 26 bits, whose products are exact (G. W. Veltkamp)."""
    scaled = x * (2.0**27 + 1)
    upper = scaled - (scaled - x)
    return upper, x - upper


def _digits(
    eights: NDArray[np.uint64], ends: NDArray[Any], count: NDArray[Any]
) -> NDArray[np.uint64]:
    """Read the last `count` digits, 0 to 8, before each place as whole numbers."""
    value = eights[ends - 8] ^ np.uint64(0x3030303030303030)
    unused = (64 - 8 * count).astype(np.uint64)
    value = (value >> unused) << unused  # the text's first byte is the lowest
    value = value * np.uint64(10) + (value >> np.uint64(8))
    pairs = np.uint64(0x000000FF000000FF)
    upper = (value & pairs) * np.uint64(100 + (1000000 << 32))
    lower = ((value >> np.uint64(16)) & pairs) * np.uint64(1 + (10000 << 32))
    result: NDArray[np.uint64] = (upper + lower) >> np.uint64(32)
    return result
