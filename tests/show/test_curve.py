"""Curves of braille dots: the right dot for the right value, and no line across a jump."""

from __future__ import annotations

import numpy as np

from nnspec.show.curve import curve

X = np.linspace(-5, 5, 961)


def dots(line: str) -> int:
    return sum(0x2800 < ord(c) <= 0x28FF for c in line)


def test_a_rising_line_goes_from_the_lower_left_to_the_upper_right():
    lines = curve(X, X, columns=40, rows=10)
    body = [line[line.index("│" if "│" in line else "┤") + 1 :] for line in lines[:10]]
    columns = [next(i for i, c in enumerate(row) if dots(c)) for row in body]
    assert columns == sorted(columns, reverse=True)
    assert columns[-1] == 0
    assert lines[0].startswith(" 5 ")
    assert lines[9].startswith("-5 ")


def test_a_jump_is_not_drawn_as_a_line():
    lines = curve(X, (X > 0) * 1.0, rows=8)
    assert dots(lines[0]) > 20
    assert dots(lines[7]) > 20
    assert all(dots(line) == 0 for line in lines[1:7])


def test_what_is_not_finite_is_left_out():
    with np.errstate(divide="ignore", invalid="ignore"):
        assert curve(X, np.log(X)) != []
    assert curve(X, np.full_like(X, np.nan)) == []
    assert curve(X, np.full_like(X, np.inf)) == []


def test_a_constant_has_its_line_and_zero_too():
    lines = curve(X, np.full_like(X, 0.0), rows=5)
    assert sum(dots(line) for line in lines) == 60
    assert lines[2].lstrip().startswith("0 ")
