"""Numbers, vectors and matrices as a textbook prints them: eight decimals, no padding zeros."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

DECIMALS = 8
_MOST_VALUES = 24
_MOST_ROWS = 12
_EDGE = 3


def number(value: Any) -> str:
    """Print a float with eight decimals, or as m·10ⁿ where those would show nothing of it.

    Examples:
        >>> number(np.float64(0.1) + 0.2), number(0.7710106961), number(2.0), number(-1.5e-7)
        ('0.3', '0.7710107', '2', '-1.5e-07')
        >>> number(np.float32(0.1)), number(float("nan")), number(1e9)
        ('0.1', 'nan', '1e+09')
    """
    size = abs(value)
    if size != 0 and np.isfinite(value) and not 1e-5 <= size < 1e8:
        return np.format_float_scientific(value, precision=DECIMALS, trim="-")
    return np.format_float_positional(value, precision=DECIMALS, trim="-")


def vector(values: NDArray[Any], width: int = 80) -> list[str]:
    """Print a vector in lines of at most `width`; of a long one the ends and what it is like.

    Examples:
        >>> vector(np.array([0.1, 0.2]))
        ['0.1 0.2']
        >>> vector(np.arange(784.0))
        ['0 1 2 … 781 782 783', '(784 values, minimum 0, maximum 783, mean 391.5)']
    """
    if values.size <= _MOST_VALUES:
        return _wrapped([number(value) for value in values], width)
    ends = [number(v) for v in (*values[:_EDGE], *values[-_EDGE:])]
    return [*_wrapped([*ends[:_EDGE], "…", *ends[_EDGE:]], width), _gist(values)]


def matrix(values: NDArray[Any], width: int = 80) -> list[str]:
    r"""Print a matrix row by row in columns; of a large one the corners and what it is like.

    Examples:
        >>> print(*matrix(np.array([[0.1, 0.35], [10.0, 0.5]])), sep="\n")
        0.1 0.35
        10  0.5
    """
    rows, columns = values.shape
    if rows <= _MOST_ROWS:
        lines = _aligned([[number(value) for value in row] for row in values[:, :_MOST_VALUES]])
        if columns <= _MOST_VALUES and max(map(len, lines), default=0) <= width:
            return lines
    return [*_aligned(_corners(values)), _gist(values)]


def grid(values: NDArray[Any]) -> tuple[list[list[str]], str]:
    """Print a number, a vector or a matrix cell by cell; of a large one the ends or corners.

    The second text tells what a large one is like, and is empty for others.

    Examples:
        >>> grid(np.array([0.1, 0.2]))
        ([['0.1', '0.2']], '')
    """
    rows = np.atleast_2d(values)
    if len(rows) <= _MOST_ROWS and rows.shape[1] <= _MOST_VALUES:
        return [[number(value) for value in row] for row in rows], ""
    return _corners(rows), _gist(values)


def _corners(values: NDArray[Any]) -> list[list[str]]:
    rows, columns = values.shape
    cells = [[number(value) for value in row] for row in _ends(_ends(values).T).T]
    if columns > 2 * _EDGE:
        cells = [[*row[:_EDGE], "…", *row[_EDGE:]] for row in cells]
    if rows > 2 * _EDGE:
        cells = [*cells[:_EDGE], ["…"] * len(cells[0]), *cells[_EDGE:]]
    return cells


def _ends(values: NDArray[Any]) -> NDArray[Any]:
    """Keep the first and the last rows."""
    if len(values) <= 2 * _EDGE:
        return values
    return np.concatenate([values[:_EDGE], values[-_EDGE:]])


def _wrapped(words: list[str], width: int) -> list[str]:
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".lstrip()
    return lines


def _aligned(rows: list[list[str]]) -> list[str]:
    """Align columns; where one has a minus, the numbers without make room for it."""
    columns = [
        [f" {cell}" if signed and not cell.startswith("-") else cell for cell in column]
        for column in zip(*rows, strict=True)
        for signed in [any(cell.startswith("-") for cell in column)]
    ]
    rows = list(map(list, zip(*columns, strict=True)))
    widths = [max(map(len, column)) for column in columns]
    return [
        " ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _gist(values: NDArray[Any]) -> str:
    with np.errstate(all="ignore"):
        low, high, mean = values.min(), values.max(), values.mean(dtype=np.float64)
    return (
        f"({values.size:,} values, minimum {number(low)}, maximum {number(high)}, "
        f"mean {number(mean)})"
    )
