"""The shortest texts of many float32 at once, as NumPy writes each of them.

A decimal of 6 digits is the shortest text of the float32 nearest to it, and 9 digits tell all
float32 apart (IEEE 754-2019, 5.12.2): so the shortest text has 6 digits less the zeros at its end,
or the least of 7, 8 and 9 that reads back as the same number. For numbers from 1e-12 to 1e5 that
is found exactly in float64; the few others, and those too near to a tie, NumPy writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CELLS = 1 << 15
"""Numbers written at once: what is computed of them stays in the cache."""
_LEAST, _MOST = -12, 5
"""Numbers from 10^-12 up to below 10^5 are written here."""
_SCALES = np.array([float(10**k) for k in range(22)])
_WHOLE_SCALES = np.array([10**k for k in range(19)], np.int64)
_DECADES = np.array([float(f"1e{k}") for k in range(_LEAST, _MOST + 1)])
_WHOLE, _FRACTION = 6, 12
"""Digits that there is room for before and behind the point."""
_WIDTH = 1 + _WHOLE + 1 + _FRACTION + 1
_ZERO = ord("0")


def lines(values: NDArray[Any], separator: bytes) -> bytes:
    r"""Write rows of float32, (n, columns), as lines of separated values.

    Examples:
        >>> lines(np.array([[0.1, -2.0], [1e-5, np.nan]], np.float32), b",")
        b'0.1,-2.0\n1e-05,nan\n'
    """
    columns = values.shape[1]
    rows = max(1, _CELLS // max(columns, 1))
    ends = np.full((rows, columns), ord(separator), np.uint8)
    ends[:, -1:] = ord("\n")
    pieces = (values[first : first + rows] for first in range(0, len(values), rows))
    return b"".join(_write(piece.ravel(), ends[: len(piece)].ravel()) for piece in pieces)


def _write(values: NDArray[np.float32], ends: NDArray[np.uint8]) -> bytes:
    """Write numbers, each with a byte behind it, in a fixed layout whose empty places are zero."""
    with np.errstate(invalid="ignore"):
        size = np.abs(values).astype(np.float64)
    digits, exponent, sure = _shortest(size)
    small = (size < 1e-4) & (size > 0)
    out = np.zeros((_WIDTH, len(values)), np.uint8)
    np.multiply(np.signbit(values), ord("-"), out=out[0], casting="unsafe")
    shift = np.where(small, 0, exponent)  # 1.2e-05 is written as 1.2 is, with its exponent behind
    whole, rest = np.divmod(digits, _WHOLE_SCALES[8 - shift])
    _spread(out[1 : 1 + _WHOLE], whole.astype(np.uint32))
    needed = np.zeros(len(values), bool)
    for place in out[1:_WHOLE]:  # no zeros in front, but the last
        needed |= place != _ZERO
        place *= needed
    out[1 + _WHOLE] = ord(".")
    fraction = out[2 + _WHOLE : -1]
    upper, lower = np.divmod(rest * _WHOLE_SCALES[4 + shift], 10**6)
    _spread(fraction[:6], upper.astype(np.uint32))
    _spread(fraction[6:], lower.astype(np.uint32))
    needed[:] = False
    for place in fraction[:0:-1]:  # no zeros at the end, but the first
        needed |= place != _ZERO
        place *= needed
    _add_exponents(out, exponent, np.flatnonzero(small & sure))
    others = np.flatnonzero(~sure)
    if len(others):
        texts = values[others].astype(np.str_).astype(f"S{_WIDTH - 1}")
        out[:-1, others] = texts.view(np.uint8).reshape(len(others), -1).T
    out[-1] = ends
    return out.T.tobytes().translate(None, b"\0")


def _add_exponents(out: NDArray[np.uint8], exponent: NDArray[Any], small: NDArray[Any]) -> None:
    """Write e-05 behind the numbers that have one, and no point and zero before it."""
    if not len(small):
        return
    point, first = 1 + _WHOLE, 2 + _WHOLE
    alone = small[(out[first, small] == _ZERO) & (out[first + 1, small] == 0)]
    out[point : first + 1, alone] = 0
    out[-5, small], out[-4, small] = ord("e"), ord("-")
    _spread(out[-3:-1], (-exponent).astype(np.uint32), small)


def _spread(
    places: NDArray[np.uint8], numbers: NDArray[np.uint32], where: Any = slice(None)
) -> None:
    """Write whole numbers digit by digit, the last one last."""
    numbers = numbers[where]
    for place in places[::-1]:
        shorter = numbers // np.uint32(10)
        place[where] = numbers - shorter * np.uint32(10) + np.uint32(_ZERO)
        numbers = shorter


def _shortest(
    size: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[Any], NDArray[np.bool_]]:
    """Find the digits as whole numbers of nine, the exponent of the first, and which are sure."""
    zero = size == 0
    sure = ((size >= _DECADES[0]) & (size < _DECADES[-1])) | zero
    x = np.where(sure, size, 0)  # the others are left to NumPy
    exponent = np.searchsorted(_DECADES, x, side="right") + (_LEAST - 1)
    exponent[x == 0] = 0
    digits = np.zeros(len(x), np.int64)
    left = np.flatnonzero(sure & ~zero)
    for count in (6, 7, 8, 9):
        scale = _SCALES[count - 1 - exponent[left]]
        scaled = x[left] * scale
        rounded = np.rint(scaled)
        back = rounded / scale
        tie = (np.abs(scaled - rounded) > 0.4999) | (back.view(np.int64) & 0x1FFFFFFF == 1 << 28)
        same = back.astype(np.float32) == x[left]
        sure[left[tie]] = False
        found = left[same]
        digits[found] = (rounded[same] * 10 ** (9 - count)).astype(np.int64)
        left = left[~same & ~tie]
        if count == 6:  # just below a power of two the next number is half as far
            power = x[left].view(np.int64) & ((1 << 52) - 1) == 0
            sure[left[power]] = False
            left = left[~power]
    sure[left] = False
    carried = digits == 10**9
    digits[carried] = 10**8
    exponent[carried] += 1
    return digits, exponent, sure
