"""Decimals such as -12.375 and 1e-05, a whole text of them at once and exactly, by NumPy alone.

A cell is a whole number m, its digits without the point, times a power of ten. Where m < 2^53 and
the power is one of 10^-22 to 1, both m and its divisor are exact in float64, so that the quotient
is the number nearest to the text, as `float` gives it (W. D. Clinger, How to read floating point
numbers accurately, 1990); others are for `nearest`. Eight digits make a whole number by three
multiplications of 64 bits (D. Lemire, Number parsing at a gigabyte per second, 2021). The few
cells of another form are read one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.data.nearest import LEAST, MOST, nearest
from nnspec.data.number_text import parse
from nnspec.data.strict_json import numbers as json_numbers
from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

_PIECE = 1 << 18
"""Bytes read at once: what is computed of them stays in the cache."""
_ROOM = b"0" * 24
"""In front of a text, so that the digits before any place can be fetched eight at a time."""
_OTHERS = 16
"""One in so many cells may be of another form."""
_WHOLE, _FRACTION, _POWER = 16, 22, 3
"""Digits before the point, behind it, and of the exponent, at most."""
_EXACT = 22
"""No higher power of ten is a float64."""
_POWERS = np.array([float(10**k) for k in range(_EXACT + 1)])
_WHOLE_POWERS = np.array([10**k for k in range(19)] + [0] * (_FRACTION - 18), np.uint64)
_CASE = np.uint8(0x20)


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
    cells = _Cells.of(raw, separator, width, wanted)
    if cells is None:
        return None
    plain, values = _values(cells, _take_exponents(cells, raw), json)
    others = np.flatnonzero(~plain)
    if len(others):
        if len(others) > 1 + len(values) // _OTHERS:
            return None
        places = zip(cells.starts[others].tolist(), cells.ends[others].tolist(), strict=True)
        texts = [raw[i - len(_ROOM) : j - len(_ROOM)].decode("ascii") for i, j in places]
        read_singly = (json_numbers if json else parse)(texts)
        if read_singly is None:
            return None
        values[others] = read_singly
    return values.reshape(-1, len(wanted))


@dataclass()
class _Cells:
    """The wanted cells of a text, and the marks in it, which are all bytes but digits.

    Attributes:
        text: the bytes, with room in front.
        marks: the places of the marks.
        kinds: the marks themselves.
        starts, ends: where each cell begins and ends.
        stops: where the digits of its mantissa end.
        last: the last mark in each mantissa, as a place in `marks`.
        inside: how many marks each mantissa holds.
    """

    text: NDArray[np.uint8]
    marks: NDArray[Any]
    kinds: NDArray[np.uint8]
    starts: NDArray[Any]
    ends: NDArray[Any]
    stops: NDArray[Any]
    last: NDArray[Any]
    inside: NDArray[Any]

    @classmethod
    def of(cls, raw: bytes, separator: bytes, width: int, wanted: Sequence[int]) -> _Cells | None:
        """Find the cells; None where a line is of another width."""
        text = np.frombuffer(_ROOM + raw, np.uint8)
        marks = np.flatnonzero(text - np.uint8(ord("0")) > 9)
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
        if tuple(wanted) != tuple(range(width)):
            ending, ends, starts, inside = (
                array.reshape(-1, width)[:, wanted].reshape(-1)
                for array in (ending, ends, starts, inside)
            )
        return cls(text, marks, kinds, starts, ends, ends, ending - 1, inside)

    def digits(self, ends: NDArray[Any], count: NDArray[Any]) -> NDArray[np.uint64]:
        """Read the last `count` digits, 0 to 8, before each place as whole numbers."""
        eights = np.ndarray(len(self.text) - 7, "<u8", self.text, strides=(1,))
        value = eights[ends - 8] ^ np.uint64(0x3030303030303030)
        unused = (64 - 8 * count).astype(np.uint64)
        value = (value >> unused) << unused  # the text's first byte is the lowest
        value = value * np.uint64(10) + (value >> np.uint64(8))
        pairs = np.uint64(0x000000FF000000FF)
        upper = (value & pairs) * np.uint64(100 + (1000000 << 32))
        lower = ((value >> np.uint64(16)) & pairs) * np.uint64(1 + (10000 << 32))
        result: NDArray[np.uint64] = (upper + lower) >> np.uint64(32)
        return result


def _take_exponents(cells: _Cells, raw: bytes) -> NDArray[Any] | None:
    """Read the exponents, which leaves the mantissas; None where there are none.

    One that is too long is left where it is, and with it a mark that no mantissa has.
    """
    if b"e" not in raw and b"E" not in raw:
        return None
    kinds, marks, last = cells.kinds, cells.marks, cells.last
    signs = (kinds == ord("+")) | (kinds == ord("-"))
    e = (kinds | _CASE) == ord("e")
    behind = np.zeros(len(marks), bool)  # signs right behind an e
    behind[1:] = signs[1:] & e[:-1] & (marks[1:] == marks[:-1] + 1)
    signed = behind[last] & (cells.inside > 1)
    there = signed | (e[last] & (cells.inside > 0))
    count = cells.ends - marks[last] - 1
    there &= (count > 0) & (count <= _POWER)
    power = cells.digits(cells.ends, np.where(there, count, 0)).astype(np.int64)
    np.negative(power, out=power, where=signed & (kinds[last] == ord("-")))
    taken = there + (signed & there).astype(np.int64)
    cells.stops = np.where(there, marks[last - signed], cells.ends)
    cells.last, cells.inside = last - taken, cells.inside - taken
    return power


def _values(
    cells: _Cells, exponents: NDArray[Any] | None, json: bool
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Tell which cells are plain, and what all would be if they were."""
    text, starts, stops = cells.text, cells.starts, cells.stops
    pointed = (cells.kinds[cells.last] == ord(".")) & (cells.inside > 0)
    negative = text[starts] == ord("-")
    signed = negative if json else negative | (text[starts] == ord("+"))
    points = np.where(pointed, cells.marks[cells.last], stops)
    whole = points - starts - signed
    fraction = stops - points - pointed
    plain = cells.inside == pointed.astype(np.int64) + signed
    plain &= (whole + fraction > 0) & (whole <= _WHOLE) & (fraction <= _FRACTION)
    if json:
        plain &= (whole == 1) | (text[starts + negative] != ord("0"))
        plain &= (whole > 0) & (pointed == (fraction > 0))
    number, fits = _mantissas(cells, points, whole, np.clip(fraction, 0, _FRACTION))
    power = -fraction if exponents is None else exponents - fraction
    quick = (number < 2**53) & (power <= 0) & (power >= -_EXACT)
    values = number.astype(np.float64) / _POWERS[np.clip(-power, 0, _EXACT)]
    plain &= fits
    (hard,) = np.nonzero(plain & ~quick & (number > 0))
    if len(hard):
        values[hard], sure = nearest(number[hard], np.clip(power[hard], LEAST, MOST))
        plain[hard] &= sure & (power[hard] >= LEAST) & (power[hard] <= MOST)
    if json:
        plain &= pointed | (values > 0)  # -0 is a whole number, which has no sign
    np.negative(values, out=values, where=negative)
    return plain, values


def _mantissas(
    cells: _Cells, points: NDArray[Any], whole: NDArray[Any], fraction: NDArray[Any]
) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """Give the mantissas without their points, and which of them are less than 2^64."""
    number = cells.digits(points, np.clip(whole, 0, 8))
    (long,) = np.nonzero(whole > 8)
    if len(long):
        count = np.minimum(whole[long] - 8, 8)
        number[long] += cells.digits(points[long] - 8, count) * np.uint64(10**8)
    fits = (number == 0) | (whole + fraction <= 19)
    number *= _WHOLE_POWERS[fraction]
    number += cells.digits(cells.stops, np.minimum(fraction, 8))
    (long,) = np.nonzero(fraction > 8)
    if len(long):
        middle = cells.digits(cells.stops[long] - 8, np.minimum(fraction[long] - 8, 8))
        number[long] += middle * np.uint64(10**8)
        longest = long[fraction[long] > 16]
        first = cells.digits(cells.stops[longest] - 16, fraction[longest] - 16)
        fits[longest] &= first < 1000
        number[longest] += first * np.uint64(10**16)
    return number, fits
