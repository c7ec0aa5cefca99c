"""The checks of a spec, run on real files."""

from __future__ import annotations

import numpy as np
import pytest

import nnspec
from nnspec.cases import run_checks

DOUBLE = """
nnspec: 1
task: regression
dtype: float64
input: 1
layers: []
output: 1
weights: {values: {output.weight: [[2]], output.bias: [0]}}
checks:
"""
CLASSES = """
nnspec: 1
task: multiclass
input: 3
layers: []
output: {size: 3, labels: [ant, bee, cat]}
weights: {values: {output.weight: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], output.bias: [0, 0, 0]}}
checks:
"""
SEVERAL = """
nnspec: 1
task: multilabel
input: 2
layers: []
output: {size: 2, labels: [big, red]}
weights: {values: {output.weight: [[1, 0], [0, 1]], output.bias: [0, 0]}}
checks:
"""


@pytest.fixture
def checked(tmp_path):
    """Write files, and run a spec with one check."""

    def run(spec: str, check: str, **files):
        for name, content in files.items():
            stem, _, suffix = name.rpartition("_")
            path = tmp_path / f"{stem}.{suffix}"
            if isinstance(content, str):
                path.write_text(content)
            else:
                np.save(path, content)
        model = nnspec.loads(f"{spec}  - {check}\n", folder=tmp_path)
        (result,) = run_checks(model, tmp_path)
        return result

    return run


def test_an_output_that_agrees(checked):
    result = checked(
        DOUBLE, "{input: x.npy, output: y.csv}", x_npy=[[1.0], [3.0]], y_csv="y\n2\n6\n"
    )
    assert result.passed
    assert result.name == "x.npy → y.csv"
    assert "2 elements agree" in result.message


def test_an_output_that_differs_keeps_what_came(checked, tmp_path):
    result = checked(
        DOUBLE, "{input: x.npy, output: y.npy}", x_npy=[[1.0], [3.0]], y_npy=[[2.0], [7.0]]
    )
    assert not result.passed
    assert "1 of 2 elements differ" in result.message
    assert result.difference.absolute.row == 1
    np.testing.assert_array_equal(result.actual, [[2.0], [6.0]])
    assert result.golden == tmp_path / "y.npy"


@pytest.mark.parametrize(("most", "passed"), [(0.8, True), (0.7, False)])
def test_the_root_of_the_mean_squared_error(checked, most, passed):
    """Errors 0 and 1: sqrt(1/2) = 0.70711."""
    check = f"{{input: x.npy, output: y.npy, max_rmse: {most}}}"
    result = checked(DOUBLE, check, x_npy=[[1.0], [3.0]], y_npy=[[2.0], [7.0]])
    assert result.rmse == pytest.approx(0.5**0.5)
    assert result.passed == passed


@pytest.mark.parametrize(
    "labels",
    [
        {"y_npy": np.array([0, 1, 0, 2], dtype=np.uint8)},
        {"y_csv": "label\nant\nbee\nant\ncat\n"},
        {"y_csv": "0\n1\n0\n2\n"},
        {"y_csv": "label\n0\n1\n0\n2\n"},
        {"y_csv": "row,label\n7,ant\n8,bee\n9,ant\n10,cat\n"},
        {"y_jsonl": '{"label": "ant"}\n{"label": "bee"}\n{"label": "ant"}\n{"label": "cat"}\n'},
    ],
)
def test_labels_as_numbers_or_texts(checked, labels):
    (name,) = labels
    check = f"{{input: x.npy, labels: {name.replace('_', '.')}, min_accuracy: 0.75}}"
    rows = np.eye(3)[[0, 1, 2, 2]]  # the third is a cat where an ant was expected
    result = checked(CLASSES, check, x_npy=rows, **labels)
    assert (result.score.correct, result.score.total, result.score.first) == (3, 4, 2)
    assert result.passed
    assert result.message == "accuracy 0.7500 (3 of 4), at least 0.75"


def test_too_few_right_labels_fail(checked):
    result = checked(
        CLASSES,
        "{input: x.npy, labels: y.npy, min_accuracy: 0.9}",
        x_npy=np.eye(3),
        y_npy=[0, 1, 1],
    )
    assert not result.passed


@pytest.mark.parametrize(
    "labels", [{"y_npy": [[1, 0], [1, 1], [0, 0]]}, {"y_csv": 'label\nbig\nbig;red\n""\n'}]
)
def test_several_labels_a_row(checked, labels):
    (name,) = labels
    check = f"{{input: x.npy, labels: {name.replace('_', '.')}, min_accuracy: 1}}"
    result = checked(SEVERAL, check, x_npy=[[1.0, -1.0], [1.0, 1.0], [-1.0, -1.0]], **labels)
    assert result.passed, result.message


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ({"y_npy": [0, 1]}, ["3 rows", "2"]),
        ({"y_npy": [0, 1, 3]}, ["row 2", "3", "from 0 to 2"]),
        ({"y_npy": [0, 1.5, 2]}, ["row 1", "1.5"]),
        ({"y_csv": "label\nant\nbee\ndog\n"}, ["row 2", "'dog'", "'cat'"]),
    ],
)
def test_labels_that_are_none_say_which_and_why(checked, labels, words):
    (name,) = labels
    check = f"{{input: x.npy, labels: {name.replace('_', '.')}, min_accuracy: 0.5}}"
    result = checked(CLASSES, check, x_npy=np.eye(3), **labels)
    assert not result.passed
    for word in words:
        assert word in result.message


def test_row_counts_have_to_agree(checked):
    result = checked(DOUBLE, "{input: x.npy, output: y.npy}", x_npy=[[1.0], [3.0]], y_npy=[[2.0]])
    assert not result.passed
    assert "2 rows" in result.message
    assert "1" in result.message


def test_a_file_outside_is_refused_without_telling_whether_it_exists(tmp_path, monkeypatch):
    inner = tmp_path / "inner"
    inner.mkdir()
    monkeypatch.chdir(inner)
    np.save(tmp_path / "x.npy", [[1.0]])
    np.save(tmp_path / "y.npy", [[2.0]])
    text = DOUBLE + "  - {input: ../x.npy, output: ../y.npy}\n"
    model = nnspec.loads(text, folder=inner)
    (refused,) = run_checks(model, inner)
    (allowed,) = run_checks(model, inner, allow_outside=True)
    assert not refused.passed
    assert "outside" in refused.message
    assert allowed.passed


def test_a_missing_file_fails_its_check_and_no_other(tmp_path):
    np.save(tmp_path / "x.npy", [[1.0]])
    np.save(tmp_path / "y.npy", [[2.0]])
    text = DOUBLE + "  - {input: no.npy, output: y.npy}\n  - {input: x.npy, output: y.npy}\n"
    first, second = run_checks(nnspec.loads(text, folder=tmp_path), tmp_path)
    assert not first.passed
    assert "no.npy" in first.message
    assert second.passed
