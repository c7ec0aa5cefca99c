"""JSON Lines: arrays or objects, no key twice, no number that float64 cannot hold."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from nnspec.errors import DataError, UsageError


@pytest.fixture
def text(tmp_path):
    def write(*lines):
        path = tmp_path / "x.jsonl"
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        return path

    return write


def test_rows_are_arrays(text, rows):
    given = [[1, 2.5], [-3e-7, 4], [5, 6], [7, 8]]
    assert rows(text(*map(json.dumps, given)), 2).tolist() == given


def test_rows_are_objects_picked_by_name_in_any_order(text, rows, kept):
    path = text(
        '{"b": 2, "id": "x", "a": 1}',
        '{"a": 3, "b": 4, "id": 17, "more": [1]}',
        "",
        '{"a": 5, "b": 6, "id": null}',
        '{"a": 7, "b": 8, "id": ["é"]}',
    )
    assert rows(path, 2, features=("a", "b")).tolist() == [[1, 2], [3, 4], [5, 6], [7, 8]]
    expected = {"id": ["x", 17, None, '["é"]']}
    assert kept(path, 2, features=("a", "b"), keep=["id"]) == expected


def test_without_names_the_columns_of_numbers_are_taken_in_order(text, rows):
    path = text('{"id": "x", "b": 2, "a": 1}', '{"a": 3, "id": "y", "b": 4}')
    assert rows(path, 2).tolist() == [[2, 1], [4, 3]]


def test_nan_infinity_and_truth_are_numbers(text, rows):
    path = text("[NaN, Infinity]", "[-Infinity, true]", "[false, 1e-400]")
    expected = [[math.nan, math.inf], [-math.inf, 1], [0, 0]]
    assert np.array_equal(rows(path, 2), expected, equal_nan=True)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[1]", "2 columns expected, 1 found"),
        ("[1, 2, 3]", "2 columns expected, 3 found"),
        ("[1, null]", "column 2: null is not a number"),
        ('[1, "2"]', "column 2: '2' is not a number"),
        ("[1, [2]]", r"column 2: \[2\] is not a number"),
        ("[1, 1e400]", "1e400 is out of range"),
        ("[1, -1e999]", "-1e999 is out of range"),
        (f"[1, {'9' * 350}]", "whole number is out of range"),
        (f"[1, {'9' * 5000}]", "whole number of 5,000 digits is out of range"),
        ("[1, 2", "no JSON: .* .character 6.$"),
        ("[1, 2],", "no JSON: Extra data .character 7.$"),
        ("[1, 01]", "no JSON"),
        ("[1, ٣]", "no JSON"),
        ("3", "3 is no row; a row is an array of numbers or an object"),
        ('{"a": 1, "b": 2}', "arrays and objects are mixed"),
        ("[" * 100_000, "too deep"),
        ('[1, "\\ud800"]', "half of a surrogate pair"),
    ],
)
def test_a_fault_is_one_sentence_with_its_line(text, rows, line, message):
    with pytest.raises(DataError, match=rf"x\.jsonl, line 3: .*{message}") as caught:
        rows(text("[1, 2]", "[3, 4]", line, "[5, 6]"), 2)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"a": 1, "a": 2}', "key 'a' stands twice"),
        ('{"a": 1}', "no column 'b'"),
        ('{"a": 1, "b": 2, "c": 3}', "column 'c', which the first row does not have"),
        ("{'a': 1}", "no JSON"),
        ("[1, 2]", "arrays and objects are mixed"),
    ],
)
def test_a_fault_of_an_object_is_one_sentence_with_its_line(text, rows, line, message):
    with pytest.raises(DataError, match=rf"x\.jsonl, line 2: {message}"):
        rows(text('{"a": 1, "b": 2}', line), 2)


def test_a_column_missing_in_a_later_row_is_named(text, rows):
    with pytest.raises(DataError, match="line 2: no column 'b'"):
        rows(text('{"a": 1, "b": 2}', '{"a": 1, "z": 2}'), 2, features=("a", "b"))


def test_an_empty_file_and_a_wrong_number_of_columns_are_sentences(text, rows):
    with pytest.raises(DataError, match="is empty"):
        rows(text(), 2)
    with pytest.raises(DataError, match="2 inputs expected, the data have 3 columns"):
        rows(text("[1, 2, 3]"), 2)


def test_rows_without_names_cannot_be_kept(text, rows):
    with pytest.raises(UsageError, match="no named columns"):
        rows(text("[1, 2]"), 2, keep=["id"])
