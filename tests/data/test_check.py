"""Data are held against the spec: what cannot be run is an error, what is odd a warning."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from nnspec.data.check import check
from nnspec.examine import Options, examine_text

SPEC = "nnspec: 1\ntask: regression\ninput: {size: 2%s}\nlayers: []\noutput: 1\n"
NAMED = SPEC % ", features: [a, b]"


@pytest.fixture
def found(tmp_path):
    """Hold a file against a spec; gives (severity, code, line, message) of each diagnostic."""

    def run(content, name="x.csv", spec=SPEC % "", **arrays):
        path = tmp_path / name
        if isinstance(content, str):
            path.write_text(content)
        elif content is not None:
            np.save(path, content)
        examined = examine_text(spec, Options(), name="spec.yaml", folder=Path())
        assert not examined.faulty
        diagnostics = check(path, examined.spec, arrays)
        assert all(one.file == str(path) and one.hint for one in diagnostics)
        return [(one.severity, one.code, one.line, one.message) for one in diagnostics]

    return run


def test_good_data_have_no_faults(found):
    assert found("a,b\n1,2\n3,4\n") == []
    assert found(np.array([[1, 2], [3, 4]], dtype=np.uint8), "x.npy") == []


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("a,c\n1,2\n", 1, "no column 'b'"),
        ("a,b\n1,2\n3,x\n", 3, "'x'"),
        ("a,b\n1,2\n3\n", 3, "2 columns expected, 1 found"),
        ("", 1, "is empty"),
        ("a,b\n", 1, "there are no rows"),
    ],
)
def test_what_cannot_be_given_to_the_network_is_an_error_at_its_line(found, content, line, words):
    ((severity, code, at, message),) = found(content, spec=NAMED)
    assert (severity, code, at) == ("error", "data-unfit", line)
    assert words in message


def test_a_wrong_shape_and_a_missing_file_are_errors(found):
    ((severity, _, _, message),) = found(np.zeros((4, 3)), "x.npy")
    assert (severity, message) == ("error", "2 inputs expected, the data have 3 columns")
    ((severity, code, _, message),) = found(None, "missing.npy")
    assert (severity, code) == ("error", "data-unfit")
    assert "no such file" in message


def test_columns_that_no_input_takes_are_a_warning(found):
    assert found("id,a,b\n7,1,2\n8,3,4\n", spec=NAMED) == [
        ("warning", "data-unused", 1, "no input takes 'id'")
    ]


def test_nan_is_an_error_at_the_line_of_the_first(found):
    text = "a,b\n\n1,nan\n3,4\nnan,nan\n"
    assert found(text, spec=NAMED) == [
        ("error", "data-nan", 3,
         "row 0, column 'b': nan is no number; 3 values are, in 'a', 'b'"),
    ]  # fmt: skip


def test_json_lines_have_lines_too_and_null_is_no_number(found):
    text = '{"a": 1, "b": 2}\n{"a": 3, "b": NaN}\n'
    ((_, code, line, _),) = found(text, "x.jsonl", NAMED)
    assert (code, line) == ("data-nan", 2)
    ((_, code, line, _),) = found(text.replace("NaN", "null"), "x.jsonl", NAMED)
    assert line == 2


def test_infinities_are_errors(found):
    assert found(np.array([[1.0, 2.0], [np.inf, 3.0]]), "x.npy") == [
        ("error", "data-nan", 1, "row 1, column '0': inf is not finite")
    ]


def test_values_outside_of_clip_are_a_warning_and_the_limits_are_not_outside(found):
    spec = SPEC % ", clip: {min: [0, 0.1], max: 1}"
    assert found("0.5,0.1\n1,1\n0,1.5\n-2,0.5\n", spec=spec) == [
        ("warning", "data-clip", 3, "row 2, column '1': 1.5 is outside of 'clip'; 2 values are, in '0', '1'")
    ]  # fmt: skip


def test_a_limit_may_be_an_array_of_the_weights_file(found, tmp_path):
    np.savez(
        tmp_path / "w.npz",
        top=[1.0, 2.0],
        **{"output.weight": [[1.0], [1.0]], "output.bias": [0.0]},
    )
    text = SPEC % ", clip: {max: top}" + "weights: w.npz\n"
    examined = examine_text(text, Options(), name="spec.yaml", folder=tmp_path)
    (tmp_path / "x.csv").write_text("1,2\n0,3\n")
    (one,) = check(tmp_path / "x.csv", examined.spec, examined.loaded.extras)
    assert (one.code, one.line) == ("data-clip", 2)


def test_a_constant_column_is_a_warning_but_not_of_a_single_row(found):
    assert found("a,b\n1,5\n2,5\n", spec=NAMED) == [
        ("warning", "data-constant", 1, "the same value in all 2 rows: 'b = 5'")
    ]
    assert found("a,b\n1,5\n", spec=NAMED) == []


def test_a_number_beyond_float32_is_an_error_for_a_float32_network_alone(found):
    assert found("1,2\n1e300,3\n")[0][:2] == ("error", "data-unfit")
    assert found("1,2\n1e300,3\n", spec=SPEC % "" + "dtype: float64\n") == []


def test_memory_does_not_grow_with_the_file(found, tmp_path):
    """20 MB of rows are judged in less than 4 MB."""
    path = tmp_path / "x.npy"
    np.save(path, np.random.default_rng(0).normal(size=(1_250_000, 2)))
    spec = examine_text(SPEC % "", Options(), name="spec.yaml", folder=Path()).spec
    check(path, spec, {})
    tracemalloc.start()
    assert check(path, spec, {}) == []
    assert tracemalloc.get_traced_memory()[1] < 4e6
    tracemalloc.stop()


def test_names_of_columns_cannot_act_on_a_terminal(found):
    ((_, _, _, message),) = found("a,b,\x1b[31m\n1,2,3\n3,4,3\n", spec=NAMED)
    assert "\x1b" not in message
