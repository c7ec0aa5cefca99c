"""Weights in the spec itself: every fault is found at its own place."""

from __future__ import annotations

import pytest

from nnspec.weights.load import load

VALUES = {
    "dense1.weight": [[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]],
    "dense1.bias": [0.1, 0.2, 0.3],
    "output.weight": [[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]],
    "output.bias": [0.1, 0.2],
}


@pytest.mark.parametrize(
    ("name", "value", "code", "pointer", "text"),
    [
        ("dense1.bias", [1, 2], "weights-shape", "", "3 numbers here, not 2"),
        (
            "dense1.bias",
            1,
            "weights-shape",
            "",
            "1 stands where dense1.bias of shape (3,) has a list of 3",
        ),
        ("dense1.bias", [1, "2", 3], "weights-shape", "/1", "'2' in dense1.bias is not a number"),
        ("dense1.bias", [1, True, 3], "weights-shape", "/1", "true in dense1.bias is not a number"),
        ("dense1.bias", [1, None, 3], "weights-shape", "/1", "null in dense1.bias is not a number"),
        ("dense1.bias", [1, [2], 3], "weights-shape", "/1", "[2] in dense1.bias is not a number"),
        ("dense1.bias", [1, 10**400, 3], "weights-shape", "/1", "beyond float64"),
        ("dense1.weight", [[1, 2, 3], [1, 2]], "weights-shape", "/1", "3 numbers here, not 2"),
        ("dense1.weight", [[1, 2]] * 3, "weights-shape", "", "2 rows here, not 3"),
        (
            "dense1.weight",
            [1, 2],
            "weights-shape",
            "/0",
            "1 stands where dense1.weight of shape (2, 3)",
        ),
    ],
)
def test_a_fault_in_values_is_found_at_its_own_place(
    spec, registry, tmp_path, name, value, code, pointer, text
):
    values = dict(VALUES) | {name: value}
    finding = load(spec(values=values), registry, folder=tmp_path).findings[0]
    assert finding.code == code
    assert finding.pointer == f"/weights/values/{name}{pointer}"
    assert text in finding.message


def test_a_transposed_matrix_in_values_is_recognised(spec, registry, tmp_path):
    values = {
        **VALUES,
        **{
            name: [list(row) for row in zip(*VALUES[name], strict=True)]
            for name in ("dense1.weight", "output.weight")
        },
    }
    found = load(spec(values=values), registry, folder=tmp_path).findings
    assert [finding.hint for finding in found] == [
        "a weight has one row per input and one column per output: transpose it"
    ] * 2


def test_missing_and_unknown_names_in_values(spec, registry, tmp_path):
    values = dict(VALUES)
    values["dense1.wieght"] = values.pop("dense1.weight")
    loaded = load(spec(values=values), registry, folder=tmp_path)
    left, missing = loaded.findings
    assert (left.code, left.pointer, left.at) == (
        "weights-left-over",
        "/weights/values/dense1.wieght",
        "key",
    )
    assert left.hint == "did you mean 'dense1.weight'?"
    assert (missing.code, missing.message) == (
        "weights-missing",
        "values has no dense1.weight, an array of shape (2, 3)",
    )
