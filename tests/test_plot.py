"""Figures: the same bytes for the same curves, and curves that break where functions jump."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

import nnspec
from nnspec.plot import METADATA, Curve, draw, points

SIGNATURES = {"png": b"\x89PNG\r\n\x1a\n", "svg": b"<?xml", "pdf": b"%PDF-"}


def curve(function=np.tanh, label="t", **more):
    return Curve(nnspec.Activation("t", function, **more), {}, label)


@pytest.mark.parametrize("form", METADATA)
def test_a_figure_has_its_format_and_the_same_bytes_each_time(form):
    first = draw([curve()], form)
    assert first.startswith(SIGNATURES[form])
    assert draw([curve()], form) == first
    assert draw([curve(np.sin)], form) != first


@pytest.mark.parametrize(
    ("known", "panels"),
    [({}, 1), ({"derivative": np.cos}, 2), ({"derivative": np.cos, "rowwise": True}, 1)],
    ids=["no derivative", "a derivative", "a function on rows"],
)
def test_a_second_panel_has_the_derivative_where_there_is_one(known, panels):
    root = ElementTree.fromstring(draw([curve(**known)], "svg"))
    ids = [element.get("id", "") for element in root.iter()]
    assert sum(name.startswith("axes_") for name in ids) == panels


def test_a_formula_is_no_mathematics_of_tex_and_may_hold_what_the_font_lacks():
    draw([curve(formula="$x$ \\frac 漢字 $")], "svg")


def test_a_jump_breaks_the_curve_at_its_place():
    x, y = points(lambda x: np.where(x > 1 / 3, 2.0, -1.0), -6, 6)
    (gap,) = np.flatnonzero(np.isnan(y))
    assert x[[gap - 1, gap + 1]] == pytest.approx([1 / 3, 1 / 3], abs=1e-12)
    assert y[[gap - 1, gap + 1]].tolist() == [-1.0, 2.0]
    assert np.all(np.diff(x) >= 0)


def test_a_pole_breaks_the_curve_and_a_steep_slope_does_not():
    _, pole = points(lambda x: np.divide(1.0, x, where=x != 0, out=np.full_like(x, np.inf)), -6, 6)
    assert np.isnan(pole).any()
    _, steep = points(lambda x: np.tanh(1e4 * x), -6, 6)
    assert not np.isnan(steep).any()


def test_a_function_on_rows_is_drawn_by_its_first_output_for_the_row_x_0():
    def second_minus_first(rows):
        return rows[:, ::-1] - rows

    drawn = curve(second_minus_first, rowwise=True).function(np.array([2.0, -5.0]))
    assert drawn.tolist() == [-2.0, 5.0]


def test_a_function_that_fails_is_named():
    def fails(x):
        raise KeyError("boom")

    with pytest.raises(nnspec.PluginError, match="activation 't' failed: KeyError: 'boom'"):
        draw([curve(fails)], "png")


def test_without_matplotlib_the_pip_line_is_given(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(nnspec.MissingExtraError, match=r"pip install 'nnspec\[plot\]'"):
        draw([curve()], "png")
