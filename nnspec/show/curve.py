"""A curve drawn with braille dots, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_BLANK = 0x2800
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of a braille character for its dot at (row, column)."""


def curve(x: NDArray[Any], y: NDArray[Any], *, columns: int = 60, rows: int = 12) -> list[str]:
    r"""Draw y over x with axes; points that are NaN or infinite are left out.

    Args:
        x: increasing.
        y: of the same length, float64.
        columns: characters across, without the figures beside the axis.
        rows: characters down, without the line of figures below.

    Returns:
        The lines, the topmost first; none if no y is finite.

    Examples:
        >>> x = np.linspace(-5, 5, 200)
        >>> print(*curve(x, np.maximum(x, 0), columns=20, rows=4), sep="\n")
        5 ┤          ╎      ⣀⡴⠋
          │          ╎   ⢀⣠⠞⠁
          │          ╎ ⣠⠴⠋
        0 ┤⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⡤⠞⠁╌╌╌╌╌╌╌
          └────────────────────
           -5        0        5
    """
    finite = np.isfinite(y)
    if not finite.any():
        return []
    low, high = min(float(y[finite].min()), 0.0), max(float(y[finite].max()), 0.0)
    low, high = (low, high) if high > low else (low - 1.0, high + 1.0)
    cells = np.zeros((rows, columns), dtype=int)
    for column, row in _dots(x, y, (low, high), (2 * columns, 4 * rows)):
        cells[row // 4, column // 2] |= _DOTS[row % 4][column % 2]
    zero_row = _place(0.0, (high, low), 4 * rows) // 4
    zero_column = _place(0.0, (float(x[0]), float(x[-1])), 2 * columns) // 2
    lines = [
        "".join(
            chr(_BLANK + cell) if cell else _axis(i == zero_row, j == zero_column)
            for j, cell in enumerate(row)
        )
        for i, row in enumerate(cells)
    ]
    return _framed(lines, {0: high, rows - 1: low, zero_row: 0.0}, (float(x[0]), float(x[-1])))


def _dots(
    x: NDArray[Any], y: NDArray[Any], bounds: tuple[float, float], size: tuple[int, int]
) -> set[tuple[int, int]]:
    """Place the points, and join neighbours unless the curve jumps between them."""
    low, high = bounds
    dots: set[tuple[int, int]] = set()
    before: int | None = None
    for at, value in zip(x, y, strict=True):
        if not np.isfinite(value):
            before = None
            continue
        column = _place(float(at), (float(x[0]), float(x[-1])), size[0])
        row = _place(float(value), (high, low), size[1])
        joined = before is not None and abs(row - before) <= size[1] // 2
        start = before if joined and before is not None else row
        dots |= {(column, step) for step in range(min(start, row), max(start, row) + 1)}
        before = row
    return dots


def _place(value: float, ends: tuple[float, float], size: int) -> int:
    """Give the dot, 0 … size - 1, of a value between two ends (the first end has dot 0)."""
    share = (value - ends[0]) / (ends[1] - ends[0])
    return min(max(round(share * (size - 1)), 0), size - 1)


def _axis(across: bool, down: bool) -> str:
    if across and down:
        return "┼"
    return "╌" if across else "╎" if down else " "


def _framed(lines: Sequence[str], ticks: dict[int, float], ends: tuple[float, float]) -> list[str]:
    figures = {row: f"{value:.3g}" for row, value in ticks.items()}
    wide = max(map(len, figures.values()))
    framed = [
        f"{figures.get(row, '').rjust(wide)} {'┤' if row in figures else '│'}{line}".rstrip()
        for row, line in enumerate(lines)
    ]
    across = len(lines[0])
    left, right = f"{ends[0]:g}", f"{ends[1]:g}"
    middle = "0".center(across - len(left) - len(right)) if ends[0] < 0 < ends[1] else ""
    below = f"{left}{middle.ljust(across - len(left) - len(right))}{right}"
    return [*framed, f"{' ' * wide} └{'─' * across}", f"{' ' * wide}  {below}"]
