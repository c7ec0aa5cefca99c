"""Comparing outputs and labels: the rule |y - g| <= atol + rtol·|g|, and where it fails most."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec.cases.compare import compare, score


def arrays(*rows):
    return np.array(rows, dtype=np.float64)


def test_the_tolerance_is_absolute_plus_relative_and_inclusive():
    expected = arrays([2.0, -4.0])
    assert compare(arrays([2.75, -5.25]), expected, rtol=0.25, atol=0.25).count == 0
    assert compare(arrays([2.76, -5.26]), expected, rtol=0.25, atol=0.25).count == 2


def test_the_relative_part_is_of_the_expected_value_and_not_of_the_actual_one():
    assert compare(arrays([2.0]), arrays([1.0]), rtol=0.5, atol=0.0).count == 1
    assert compare(arrays([1.0]), arrays([2.0]), rtol=0.5, atol=0.0).count == 0


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_nan_and_infinity_agree_with_themselves_only(value):
    assert compare(arrays([value]), arrays([value]), rtol=0.1, atol=0.1).count == 0
    assert compare(arrays([1.0]), arrays([value]), rtol=0.1, atol=0.1).count == 1
    assert compare(arrays([value]), arrays([1.0]), rtol=0.1, atol=0.1).count == 1


def test_the_worst_is_found_by_both_measures_with_its_place():
    actual, expected = arrays([1.0, 100.0], [0.5, 0.0]), arrays([1.0, 90.0], [0.1, 0.0])
    result = compare(actual, expected, rtol=0.0, atol=0.01)
    assert (result.count, result.elements) == (2, 4)
    assert (result.absolute.row, result.absolute.column, result.absolute.by) == (0, 1, 10.0)
    assert (result.relative.row, result.relative.column) == (1, 0)
    assert result.relative.by == pytest.approx(4.0)
    assert (result.relative.actual, result.relative.expected) == (0.5, 0.1)


def test_what_cannot_be_measured_is_the_worst():
    result = compare(arrays([5.0], [np.nan]), arrays([0.0], [1.0]), rtol=0.0, atol=0.1)
    assert result.absolute.row == 1


def test_no_elements_agree():
    assert compare(np.empty((0, 3)), np.empty((0, 3)), rtol=0.0, atol=0.0).count == 0


def test_labels_are_counted_and_the_first_wrong_one_named():
    result = score(np.array([0, 1, 2, 2]), np.array([0, 1, 1, 2]))
    assert (result.correct, result.total, result.first) == (3, 4, 2)
    assert str(result) == "accuracy 0.7500 (3 of 4)"


def test_a_row_of_several_labels_is_right_only_as_a_whole():
    assert score(np.array([[1, 0], [1, 1]]), np.array([[1, 0], [1, 0]])).correct == 1
