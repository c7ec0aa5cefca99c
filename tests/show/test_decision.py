"""What the outputs of a row mean, task by task, at ties, thresholds and NaN."""

from __future__ import annotations

import numpy as np
import pytest

import nnspec
from nnspec.show.decision import decide


def spec(task: str, output: str):
    text = f"{{nnspec: 1, task: {task}, input: 1, layers: [], output: {output}, weights: {{init: zeros}}}}"
    return nnspec.loads(text).spec


def test_classes_fall_and_the_first_of_equals_wins():
    decision = decide(np.array([0.2, 0.4, 0.4]), spec("multiclass", "{size: 3, labels: [a, b, c]}"))
    assert [one.label for one in decision.outcomes] == ["b", "c", "a"]
    assert [one.chosen for one in decision.outcomes] == [True, False, False]
    assert decision.answer == "b"


def test_classes_without_labels_are_numbered_from_0():
    assert decide(np.array([0.1, 0.9]), spec("multiclass", "2")).answer == "class1"


@pytest.mark.parametrize(("value", "answer"), [(0.25, "yes"), (0.2499, "no")])
def test_a_binary_output_on_its_threshold_reaches_it(value, answer):
    declared = spec("binary", '{size: 1, labels: ["no", "yes"], threshold: 0.25}')
    assert decide(np.array([value]), declared).answer == answer


def test_each_output_of_a_multilabel_has_its_own_threshold():
    declared = spec("multilabel", "{size: 3, labels: [a, b, c], threshold: [0.1, 0.5, 0.9]}")
    decision = decide(np.array([0.1, 0.4, 0.95]), declared)
    assert decision.answer == "a, c"
    assert decide(np.zeros(3), declared).answer == "none of them"


@pytest.mark.parametrize(("task", "size"), [("multiclass", 2), ("binary", 1), ("multilabel", 2)])
def test_nan_decides_nothing(task, size):
    decision = decide(np.array([0.7, np.nan][-size:]), spec(task, str(size)))
    assert decision.answer is None
    assert all(one.chosen is None for one in decision.outcomes)


def test_a_regression_predicts_and_does_not_decide():
    decision = decide(np.array([3.5]), spec("regression", "1"))
    assert decision.answer is None
    assert [(one.label, one.value) for one in decision.outcomes] == [("output0", 3.5)]
