"""Numbers as a textbook prints them: eight decimals, nothing hidden, nothing padded."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec.show.json_values import plain
from nnspec.show.numbers import matrix, number, vector


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1 / 3, "0.33333333"),
        (2 / 3, "0.66666667"),
        (1.0, "1"),
        (-0.5, "-0.5"),
        (0.0, "0"),
        (1e-7, "1e-07"),
        (123456.789, "123456.789"),
        (float("-inf"), "-inf"),
        (np.float32(0.7), "0.7"),
    ],
)
def test_one_number(value, text):
    assert number(value) == text


def test_a_small_number_is_never_shown_as_zero():
    assert float(number(1.23456789012e-300)) == pytest.approx(1.23456789e-300)


def test_a_vector_of_up_to_24_is_whole_and_wrapped():
    values = np.arange(24) / 7
    lines = vector(values, 60)
    assert max(map(len, lines)) <= 60
    shown = [float(word) for line in lines for word in line.split()]
    np.testing.assert_allclose(shown, values, atol=5e-9)


def test_a_long_vector_is_told_by_its_ends_and_its_range():
    ends, gist = vector(np.array([np.nan, *range(24), 7.5]))
    assert ends == "nan 0 1 … 22 23 7.5"
    assert gist.startswith("(26 values, minimum nan")


def test_a_matrix_is_aligned_with_room_for_the_minus():
    assert matrix(np.array([[1.5, -2.0], [10.0, 3.25]])) == ["1.5 -2", "10   3.25"]


def test_of_a_large_matrix_the_corners_stand():
    lines = matrix(np.arange(10_000.0).reshape(100, 100))
    assert lines[0].split() == ["0", "1", "2", "…", "97", "98", "99"]
    assert lines[-2].split()[-1] == "9999"
    assert "10,000 values" in lines[-1]
    assert len(lines) == 8


def test_json_has_no_numbers_that_json_lacks():
    assert plain((np.float32(0.5), [np.inf, -np.inf, np.nan])) == [
        0.5,
        ["Infinity", "-Infinity", "NaN"],
    ]
