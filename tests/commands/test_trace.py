"""`nnspec trace` writes one row's forward pass out as a textbook does."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

STEPS = {  # every number to eight digits, from the textbook
    "X": [1, 0.5],
    "A1": [0.3, 0.7, 1.1],
    "Z1": [0.57444252, 0.66818777, 0.75026011],
    "A2": [0.51615984, 1.21402696],
    "Z2": [0.62624937, 0.7710107],
    "A3": [0.31682708, 0.69627909],
    "y": [0.31682708, 0.69627909],
}


def test_it_shows_every_number_of_the_textbook(call, textbook):
    out = call("trace", textbook, "[1.0, 0.5]").out
    for line in (
        "X = 1 0.5",
        "A1 = X W1 + b1",
        "(1, 2) @ (2, 3) + (3,) → (1, 3)",
        "A1 = 0.3 0.7 1.1",
        "Z1 = sigmoid(A1)",
        "Z1 = 0.57444252 0.66818777 0.75026011",
        "A2 = 0.51615984 1.21402696",
        "Z2 = 0.62624937 0.7710107",
        "A3 = 0.31682708 0.69627909",
        "y = 0.31682708 0.69627909",
    ):
        assert line in out
    assert re.search(r"W1 = 0\.1 0\.3 0\.5\n +0\.2 0\.4 0\.6\n +b1 = 0\.1 0\.2 0\.3\n", out)


def test_json_has_the_same_steps_in_order(call, textbook):
    trace = json.loads(call("trace", textbook, "[1.0, 0.5]", "--format", "json").out)
    steps = {step["name"]: step for step in trace["steps"]}
    assert list(steps) == list(STEPS)
    for name, values in STEPS.items():
        np.testing.assert_allclose(steps[name]["values"], [values], atol=5e-9)
        assert steps[name]["shape"] == [1, len(values)]
    assert steps["A2"]["formula"] == "A2 = Z1 W2 + b2"
    assert (steps["A2"]["layer"], steps["A2"]["op"]) == ("dense2", "affine")
    assert steps["A1"]["arrays"]["b1"] == {"shape": [3], "values": [0.1, 0.2, 0.3]}


def test_row_counts_from_0(call, textbook, tmp_path):
    np.save(tmp_path / "x.npy", [[9.0, 9.0], [1.0, 0.5]])
    assert "X = 1 0.5" in call("trace", textbook, tmp_path / "x.npy", "--row", 1).out


def test_a_row_that_is_not_there_is_wrong_usage_that_says_how_many_there_are(call, textbook):
    done = call("trace", textbook, "[[1.0, 0.5], [2.0, 3.0]]", "--row", 2)
    assert done.status == 2
    assert done.out == ""
    assert "2 rows" in done.err
    assert "no row 2" in done.err


def test_data_that_do_not_fit_are_one_sentence(call, textbook):
    done = call("trace", textbook, "[1, 2, 3]")
    assert done.status == 1
    assert done.err.startswith("nnspec: ")
    assert done.err.count("\n") == 1


def test_without_weights_it_asks_for_them(call, spec):
    path = spec("{nnspec: 1, task: regression, input: 2, layers: [], output: 1}")
    done = call("trace", path, "[1, 2]")
    assert done.status == 1
    assert "--weights" in done.err


def test_weights_from_a_file_given_beside(call, spec, tmp_path):
    path = spec("{nnspec: 1, task: regression, dtype: float64, input: 2, layers: [], output: 1}")
    np.savez(tmp_path / "w.npz", W1=[[2.0], [3.0]], b1=[10.0])
    out = call("trace", path, "[1, 2]", "--weights", tmp_path / "w.npz").out
    assert "y = 18" in out


def test_classes_stand_in_order_with_a_bar_and_the_decision(call, spec):
    path = spec("""
nnspec: 1
task: multiclass
dtype: float64
input: 2
layers: []
output: {size: 3, labels: [ant, bee, cat]}
weights: {values: {output.weight: [[0, 1, 0], [0, 0, 0]], output.bias: [0, 0, 0.5]}}
""")
    out = call("trace", path, "[1, 0]").out
    # exp(0), exp(1), exp(0.5) over their sum 5.367003099...
    table = out[out.index("classes") :]
    assert re.findall(r"(ant|bee|cat) +([\d.]+)", table) == [
        ("bee", "0.50648039"),
        ("cat", "0.30719589"),
        ("ant", "0.18632372"),
    ]
    assert "→ bee" in table
    assert table.index("███") > 0


@pytest.mark.parametrize(("x", "answer"), [("2", "yes"), ("0.1", "no")])
def test_a_binary_output_is_compared_with_its_threshold(call, spec, x, answer):
    path = spec("""
nnspec: 1
task: binary
input: 1
layers: []
output: {size: 1, labels: ["no", "yes"], threshold: 0.7}
weights: {values: {output.weight: [[1]], output.bias: [0]}}
""")
    out = call("trace", path, f"[{x}]").out
    assert f"→ {answer}: " in out
    assert "threshold 0.7" in out


def test_the_preparation_of_the_input_comes_first(call, spec):
    path = spec("""
nnspec: 1
task: regression
dtype: float64
input: {size: 2, clip: {min: 0, max: 4}, normalize: {mean: [1, 2], std: 2}}
layers: []
output: {size: 1, denormalize: {mean: 100, std: 10}}
weights: {values: {output.weight: [[1], [1]], output.bias: [0]}}
""")
    out = call("trace", path, "[7, -1]").out
    assert "X_clipped = 4 0" in out
    assert "X_normalized = (X_clipped - mean) / std" in out
    assert "X_normalized = 1.5 -1" in out
    assert "std = 2" in out
    assert "y = Z1 * std + mean" in out
    assert "y = 105" in out


def test_foreign_text_cannot_act_on_the_terminal(call, spec):
    path = spec(r"""
nnspec: 1
task: multiclass
input: 1
layers: []
output: {size: 2, labels: ["\e[31mred", b]}
weights: {init: zeros}
""")
    done = call("trace", path, "[1]")
    assert done.status == 0
    assert "\x1b" not in done.out
    assert r"\x1b[31mred" in done.out


def test_784_inputs_stay_readable(call, spec, tmp_path):
    path = spec("""
nnspec: 1
task: multiclass
input: 784
layers: [{size: 50, activation: sigmoid}]
output: 10
weights: {init: he_normal, seed: 1}
""")
    np.save(tmp_path / "x.npy", np.arange(784, dtype=np.float32).reshape(1, 28, 28))
    out = call("trace", path, tmp_path / "x.npy").out
    assert "0 1 2 … 781 782 783" in out
    assert "784 values, minimum 0, maximum 783, mean 391.5" in out
    assert len(out.splitlines()) < 80
    assert max(map(len, out.splitlines())) <= 100


def test_a_page_has_every_number_of_the_textbook(call, textbook):
    page = call("trace", textbook, "[1.0, 0.5]", "--format", "html").out
    for name, values in STEPS.items():
        cells = "".join(f'<td class="number">{value}</td>' for value in values)
        assert f"<caption>{name}</caption><tbody><tr>{cells}</tr></tbody>" in page
    assert "<h1>textbook: a forward pass</h1>" in page
    assert "<code>A2 = Z1 W2 + b2</code>" in page
    assert ">(1, 3) @ (3, 2) + (2,) → (1, 2)</code>" in page
    assert ">0.31682708</td>" in page[page.index("Prediction") :]


def test_a_page_names_the_features_and_shows_classes_as_shares(call, spec):
    path = spec("""
nnspec: 1
task: multilabel
dtype: float64
input: {size: 2, features: [wind, rain]}
layers: []
output: {size: 2, labels: [sail, stay], activation: identity, threshold: 0.5}
weights: {values: {output.weight: [[1, 0], [0, 1]], output.bias: [0, 0]}}
""")
    page = call("trace", path, "[0.75, 0.25]", "--format", "html").out
    assert '<th class="number">wind</th><th class="number">rain</th>' in page
    classes = page[page.index("<h2>Classes") :]
    assert '<meter value="0.750000">' in classes
    assert "≥ 0.5" in classes
    assert "&lt; 0.5" in classes
    assert "→ sail: " in classes
    logits = call("trace", path, "[3, -1]", "--format", "html").out
    assert "<meter" not in logits


def test_a_page_of_784_inputs_shows_the_ends(call, spec, tmp_path):
    path = spec("{nnspec: 1, task: regression, input: 784, layers: [], output: 1, "
                "weights: {init: zeros}}")  # fmt: skip
    np.save(tmp_path / "x.npy", np.arange(784, dtype=np.float32).reshape(1, 784))
    page = call("trace", path, tmp_path / "x.npy", "--format", "html").out
    assert "784 values, minimum 0, maximum 783, mean 391.5" in page
    assert page.count("<td") < 50


def test_help_ends_with_examples(call):
    help_text = call("trace", "--help").out
    assert "Examples:\n    nnspec trace" in help_text
