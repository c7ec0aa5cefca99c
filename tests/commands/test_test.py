"""`nnspec test` validates, runs the checks, and keeps what came where it should not."""

from __future__ import annotations

import numpy as np

DOUBLE = """
nnspec: 1
task: regression
dtype: float64
input: 1
layers: []
output: 1
weights: {values: {output.weight: [[2]], output.bias: [0]}}
"""
CHECKED = DOUBLE + "checks: [{input: x.npy, output: y.npy}]\n"


def data(folder, y):
    np.save(folder / "x.npy", [[1.0], [2.0]])
    np.save(folder / "y.npy", y)


def test_one_line_a_check_and_the_counts_at_the_end(call, spec, tmp_path):
    data(tmp_path, [[2.0], [4.0]])
    done = call("test", spec(CHECKED))
    assert done.status == 0
    first, check, last = done.out.splitlines()
    assert first.endswith("spec.yaml")
    assert check.split()[:4] == ["ok", "x.npy", "→", "y.npy:"]
    assert last == "1 spec, 1 check: 1 passed"


def test_a_failure_says_how_many_where_by_how_much_and_saves_the_actual_output(
    call, spec, tmp_path
):
    data(tmp_path, [[2.0], [5.0]])
    golden = (tmp_path / "y.npy").read_bytes()
    done = call("test", spec(CHECKED))
    assert done.status == 1
    assert "FAILED  x.npy → y.npy: 1 of 2 elements differ" in done.out
    assert "absolutely at most by 1 at row 1, output 0 (4 where 5 was expected)" in done.out
    assert "relatively at most by 0.2 at row 1" in done.out
    assert "y.actual.npy" in done.out
    np.testing.assert_array_equal(np.load(tmp_path / "y.actual.npy"), [[2.0], [4.0]])
    assert (tmp_path / "y.npy").read_bytes() == golden
    assert done.out.splitlines()[-1] == "1 spec, 1 check: 0 passed, 1 failed"


def test_the_golden_output_is_never_overwritten(call, spec, tmp_path):
    """The actual output is NAME.actual.npy, whatever the golden one is called."""
    np.save(tmp_path / "x.npy", [[1.0]])
    np.save(tmp_path / "y.actual.npy", [[5.0]])
    golden = (tmp_path / "y.actual.npy").read_bytes()
    call("test", spec(CHECKED.replace("y.npy", "y.actual.npy")))
    assert (tmp_path / "y.actual.npy").read_bytes() == golden
    np.testing.assert_array_equal(np.load(tmp_path / "y.actual.actual.npy"), [[2.0]])


def test_an_output_that_cannot_be_saved_is_told(call, spec, tmp_path):
    data(tmp_path, [[2.0], [5.0]])
    (tmp_path / "y.actual.npy").mkdir()
    done = call("test", spec(CHECKED))
    assert done.status == 1
    assert "the actual output is not saved" in done.out
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_several_specs_go_on_after_a_failure_and_after_a_faulty_one(call, spec, tmp_path):
    data(tmp_path, [[2.0], [4.0]])
    faulty = spec(CHECKED.replace("regression", "regresion"), "a.yaml")
    wrong = spec(CHECKED.replace("[[2]]", "[[3]]"), "b.yaml")
    done = call("test", faulty, wrong, spec(CHECKED, "c.yaml"), tmp_path / "missing.yaml")
    assert done.status == 1
    assert "did you mean 'regression'?" in done.err
    assert "missing.yaml" in done.err
    assert done.out.count("  ok  ") == 1
    last = done.out.splitlines()[-1]
    assert last == "4 specs, 2 checks: 1 passed, 1 failed, 2 specs could not be tested"


def test_a_spec_without_checks_says_so_and_is_fine(call, spec):
    done = call("test", spec(DOUBLE))
    assert done.status == 0
    assert "no checks" in done.out


def test_checks_without_weights_ask_for_them(call, spec, tmp_path):
    data(tmp_path, [[2.0], [4.0]])
    text = "\n".join(line for line in CHECKED.splitlines() if not line.startswith("weights"))
    done = call("test", spec(text))
    assert done.status == 1
    assert "names no weights" in done.out + done.err
