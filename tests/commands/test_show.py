"""`nnspec show` tells layers, shapes, costs, weights and passes."""

from __future__ import annotations

import hashlib
import json
import re

import numpy as np

NESTED = """
nnspec: 1
name: nested
task: binary
input: {size: 4, features: [a, b, c, d], normalize: {mean: 0, std: 2}}
layers:
  - {size: 6, activation: {name: leaky_relu, negative_slope: 0.1}}
  - {type: batchnorm}
  - {type: residual, layers: [{size: 6, activation: relu, bias: false}, {type: dropout}]}
output: {size: 1, labels: ["no", "yes"], threshold: 0.25}
"""


def rows(out: str) -> dict[str, list[str]]:
    """Layer → its cells, read off the table."""
    table = out[: out.index("\n\ninput")]
    cells = [re.split(r" {2,}", line.strip()) for line in table.splitlines()]
    return {row[0]: row[1:] for row in cells}


def test_parameters_flops_and_bytes_of_the_textbook(call, textbook):
    """A (2, 3) product: 2·2·3 operations and 3 sums, 3 calls of h; 9 numbers of 8 bytes."""
    table = rows(call("show", textbook).out)
    assert table["dense1"] == ["dense", "sigmoid", "(3,)", "(n, 3)", "9", "18", "72"]
    assert table["dense2"] == ["dense", "sigmoid", "(2,)", "(n, 2)", "8", "16", "64"]
    assert table["total"] == ["23", "46", "184"]


def test_without_weights_shapes_and_counts_are_there_and_the_graph_is_asked_for(call, spec):
    done = call("show", spec(NESTED))
    assert done.status == 0
    table = rows(done.out)
    assert table["batchnorm1"][-3:] == ["24", "18", "96"]
    assert table["dense2"][-3:] == ["36", "78", "144"]
    assert "--weights" in done.out
    assert "graph nested" not in done.out


def test_nested_layers_are_indented_and_settings_named(call, spec):
    out = call("show", spec(NESTED)).out
    assert re.search(r"^residual1 ", out, re.M)
    assert re.search(r"^  dense2 ", out, re.M)
    assert "leaky_relu negative_slope=0.1" in out
    assert "4 features: a, b, c, d" in out
    assert "mean 0; std 2" in out
    assert "no, yes" in out
    assert "threshold 0.25" in out


def test_the_mapping_of_names_is_told_with_what_is_transposed(call, spec, tmp_path):
    path = spec("""
nnspec: 1
task: regression
input: 2
layers: [{size: 3}]
output: 1
weights: {file: w.npz, layout: out_in, names: {weight: "w{n}", bias: "b{n}"}}
""")
    np.savez(
        tmp_path / "w.npz", w1=np.zeros((3, 2)), b1=np.zeros(3), w2=np.ones((1, 3)), b2=np.ones(1)
    )
    out = call("show", path).out
    assert re.search(r"dense1\.weight +\(2, 3\) +w1, transposed", out)
    assert re.search(r"output\.bias +\(1,\) +b2$", out, re.M)
    assert hashlib.sha256((tmp_path / "w.npz").read_bytes()).hexdigest() in out


def test_the_graph_before_and_after_and_what_the_passes_did(call, spec):
    path = spec(NESTED + "weights: {init: he_normal, seed: 1}\n")
    out = call("show", path).out
    before, rest = out[out.index("as the spec has it") :].split("as it runs")
    after, passes = rest.split("passes\n")
    assert "%input[n, 4]" in before
    assert "%dropout1" in before
    assert "%dropout1" not in after
    assert "drop_identity: %dropout1 left out" in passes
    assert "fold_scale_before: not done" in passes  # the residual reads batchnorm1, too
    assert re.search(r"^engine   numpy, the default", out, re.M)
    assert "activate(%dense1.affine, leaky_relu, negative_slope=0.1)  # dense1" in before


def test_json_has_it_all(call, spec):
    data = json.loads(call("show", spec(NESTED), "--format", "json").out)
    assert [layer["name"] for layer in data["layers"]] == [
        *("input", "dense1", "batchnorm1", "residual1", "dense2", "dropout1", "output")
    ]
    assert data["layers"][4]["depth"] == 1
    assert data["layers"][1]["batch_shape"] == ["n", 6]
    assert data["total"]["parameters"] == 30 + 24 + 36 + 7
    assert data["weights"] is None
    assert data["graph"] is None


def test_sizes_without_weights_take_no_memory(call, spec):
    """A million by a million weights are counted, not made."""
    done = call(
        "show",
        spec("""
nnspec: 1
task: regression
input: 1000000
layers: [{size: 1000000}]
output: 1
"""),
    )
    assert done.status == 0
    assert "1,000,001,000,000" in done.out


def test_a_faulty_spec_is_diagnosed(call, spec):
    done = call("show", spec("{nnspec: 1, task: regresion, input: 2, layers: [], output: 1}"))
    assert done.status == 1
    assert done.out == ""
    assert "did you mean 'regression'?" in done.err


def test_lines_stay_within_100_columns_and_foreign_text_is_harmless(call, spec):
    path = spec(
        NESTED.replace("name: nested", 'name: "bad\\e]0;x\\a"\ndescription: ' + "long " * 60)
    )
    out = call("show", path).out
    assert max(map(len, out.splitlines())) <= 100
    assert "\x1b" not in out
    assert "\x07" not in out


def test_a_page_has_the_picture_layers_formulas_weights_and_what_runs(call, textbook):
    page = call("show", textbook, "--format", "html").out
    for text in (
        "<h1>textbook</h1>",
        '<svg class="nnspec"',
        "<td>dense1</td><td>dense</td><td>sigmoid</td>",
        '<td class="number">(n, 3)</td><td class="number">9</td>',
        '<td class="number">23</td><td class="number">46</td><td class="number">184</td>',
        "<td>A1 = X W1 + b1</td><td>(1, 2) @ (2, 3) + (3,) → (1, 3)</td>",
        "<code>sigmoid(x) = 1 / (1 + exp(−x))</code>",
        "<td>dense2.weight</td><td>(3, 2)</td>",
        "%dense1[n, 3] = activate(%dense1.affine, sigmoid)",
        "Engine numpy, the default",
    ):
        assert text in page


def test_a_page_without_weights_has_the_formulas_all_the_same(call, spec):
    page = call("show", spec(NESTED), "--format", "html").out
    assert "<td>H1 = gamma * (Z1 - mean) / sqrt(variance + 0.001) + beta</td>" in page
    assert "the spec names none" in page
    assert "– dense2" in page


def test_the_formats_are_what_the_folder_of_renderers_holds(call):
    assert "[dot|html|json|mermaid|svg|text]" in call("show", "--help").out
