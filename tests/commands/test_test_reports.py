"""What `nnspec test` tells of a failure, and the forms in which it does."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import numpy as np
import pytest

NET = """
nnspec: 1
task: regression
dtype: float64
input: 1
layers:
  - {size: 1, activation: relu}
  - {size: 1, activation: relu}
output: 1
weights:
  values: {dense1.weight: [[2]], dense1.bias: [0], dense2.weight: [[3]], dense2.bias: [0],
           output.weight: [[1]], output.bias: [1]}
checks: [{input: x.npy, output: y.npy}]
"""
CLASSES = """
nnspec: 1
task: multiclass
input: 3
layers: []
output: {size: 3, labels: [ant, bee, cat]}
weights: {values: {output.weight: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], output.bias: [0, 0, 0]}}
checks: [{input: x.npy, labels: y.npy, min_accuracy: 0.5}]
"""


@pytest.fixture
def network(spec, tmp_path):
    """x = 1 and 2 give dense1 = 2 and 4, dense2 = 6 and 12, output 7 and 13; golden is 8 and 13."""
    np.save(tmp_path / "x.npy", [[1.0], [2.0]])
    np.save(tmp_path / "y.npy", [[8.0], [13.0]])
    return spec(NET)


@pytest.fixture
def classes(spec, tmp_path):
    """Three ants of which one is taken for a cat, and a bee whose outputs are NaN."""
    np.save(tmp_path / "x.npy", [[1.0, 0, 0], [1.0, 0, 0], [0, 0, 1.0], [np.nan, 0, 0]])
    np.save(tmp_path / "y.npy", [0, 0, 0, 1])
    return spec(CLASSES)


def test_the_first_layer_that_differs_is_named(call, network, tmp_path):
    np.save(tmp_path / "y.layer.dense1.npy", [[2.0], [4.0]])
    np.save(tmp_path / "y.layer.dense2.npy", [[7.0], [12.0]])
    done = call("test", network)
    assert done.status == 1
    assert "the first layer that differs is dense2: 1 of 2 elements differ" in done.out


def test_layers_that_agree_leave_what_comes_after_them(call, network, tmp_path):
    np.save(tmp_path / "y.layer.dense1.npy", [[2.0], [4.0]])
    assert "the layers agree up to dense1" in call("test", network).out


def test_a_golden_layer_is_written_by_run(call, network, tmp_path):
    golden = tmp_path / "y.layer.dense1.npy"
    assert (
        call("run", network, tmp_path / "x.npy", "--emit", "layer:dense1", "-o", golden).status == 0
    )
    assert "the layers agree up to dense1" in call("test", network).out


def test_without_golden_layers_nothing_is_said_of_them(call, network):
    assert " layer" not in call("test", network).out


def test_a_golden_layer_of_the_wrong_shape_is_a_failure_that_says_so(call, network, tmp_path):
    np.save(tmp_path / "y.layer.dense1.npy", np.zeros((3, 1)))
    done = call("test", network)
    assert "y.layer.dense1.npy has 3" in done.out


def test_json_has_the_worst_element_with_both_values(call, network):
    done = call("test", network, "--format", "json")
    assert done.status == 1
    (spec,) = json.loads(done.out)
    (check,) = spec["checks"]
    assert (spec["passed"], spec["problem"]) == (False, None)
    assert (check["difference"]["elements"], check["difference"]["count"]) == (2, 1)
    assert check["difference"]["absolute"] == {
        "by": 1.0, "row": 0, "column": 0, "actual": 7.0, "expected": 8.0,
    }  # fmt: skip
    assert check["difference"]["relative"]["by"] == 1 / 8
    assert "y.actual.npy" in check["saved"]


def test_a_confusion_matrix_is_printed_on_failure_or_when_asked(call, classes):
    assert "bee" not in call("test", classes).out
    out = call("test", classes, "-v").out.splitlines()
    rows = [line.split() for line in out if line.strip().startswith(("true", "ant", "bee", "cat"))]
    assert rows == [
        ["true", "\\", "is", "ant", "bee", "cat"],
        ["ant", "2", "·", "1"],
        ["bee", "·", "·", "·"],
        ["cat", "·", "·", "·"],
    ]
    assert any(line.endswith("since the outputs hold NaN: 1 row") for line in out)
    assert any(line.endswith("the first wrong label is that of row 2") for line in out)
    classes.write_text(CLASSES.replace("0.5", "0.9"))
    assert "bee" in call("test", classes).out


def test_json_has_the_confusion_whole(call, classes):
    (spec,) = json.loads(call("test", classes, "--format", "json").out)
    (check,) = spec["checks"]
    assert check["confusion"] == {
        "labels": ["ant", "bee", "cat"], "counts": [[2, 0, 1], [0, 0, 0], [0, 0, 0]], "undecided": 1,
    }  # fmt: skip
    assert check["score"]["accuracy"] == 0.5


def test_junit_counts_failures_and_specs_that_cannot_be_tested(call, network, spec, tmp_path):
    broken = spec("nnspec: 1\ntask: nothing\n", "broken\x1b.yaml")
    report = tmp_path / "report.xml"
    done = call("test", network, broken, "--format", "text", "--format", f"junit={report}")
    assert done.status == 1
    assert "1 spec could not be tested" in done.out
    root = ET.fromstring(report.read_text())
    assert {k: root.get(k) for k in ("tests", "failures", "errors")} == {
        "tests": "2", "failures": "1", "errors": "1",
    }  # fmt: skip
    failure = root.find("testsuite/testcase/failure")
    assert "1 of 2 elements differ" in failure.get("message")
    assert "absolutely at most by 1 at row 0" in failure.text
    assert "bad-choice" in root.find("testsuite/testcase/error").text
    assert "\x1b" not in report.read_text()


def test_an_unknown_form_is_wrong_usage(call, network):
    done = call("test", network, "--format", "sarif")
    assert done.status == 2
    assert "json, junit" in done.err
