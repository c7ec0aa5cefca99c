"""`nnspec diff` tells what differs, and by how much, and nothing that makes no difference."""

from __future__ import annotations

import json

import numpy as np

from tests.conftest import TEXTBOOK

SMALL = """
nnspec: 1
task: regression
dtype: float64
input: 1
layers: [{size: 1, activation: relu}]
output: 1
weights: {values: {dense1.weight: [[2]], dense1.bias: [0], output.weight: [[3]], output.bias: [1]}}
"""


def test_a_spec_equals_itself_and_itself_written_out(call, spec, nnspec_command):
    path = spec(TEXTBOOK, "textbook.yaml")
    rendered = spec(call("render", path).out, "whole.yaml")
    done = nnspec_command("diff", path, rendered, "--data", "[1.0, 0.5]")
    assert done.returncode == 0, done.stdout
    assert "structure  the same" in done.stdout
    assert "weights    the same bits in 6 arrays" in done.stdout
    assert "outputs    the same bits, layer by layer" in done.stdout


def test_an_alias_and_the_name_of_a_file_are_no_difference(call, spec):
    one = spec(SMALL.replace("relu", "silu"), "one.yaml")
    other = spec(SMALL.replace("relu", "swish"), "other.yaml")
    assert call("diff", one, other).status == 0


def test_names_that_both_write_are_a_difference(call, spec):
    one, other = spec(f"name: a\n{SMALL}", "a.yaml"), spec(f"name: b\n{SMALL}", "b.yaml")
    done = call("diff", one, other)
    assert done.status == 1
    assert "~ name: a → b" in done.out


def test_settings_that_differ_are_named_with_both_values(call, spec):
    other = SMALL.replace("float64", "float32").replace("relu", "{name: elu, alpha: 2}")
    other = other.replace("input: 1", "input: {size: 1, normalize: {mean: 0, std: 2}}")
    done = call("diff", spec(SMALL, "a.yaml"), spec(other, "b.yaml"), "--json")
    assert done.status == 1
    found = {one["place"]: one for one in json.loads(done.out)["structure"]}
    assert found["dtype"] == {
        "place": "dtype", "kind": "changed", "first": "float64", "second": "float32",
    }  # fmt: skip
    assert found["input.normalize"]["kind"] == "added"
    assert found["layer dense1: activation"]["second"] == {"name": "elu", "alpha": 2}


def test_layers_added_removed_and_moved(call, spec):
    shape = "nnspec: 1\ntask: regression\ninput: 2\noutput: 1\nlayers:\n"
    one = spec(
        shape + "  - {size: 2, name: a}\n  - {size: 2, name: b}\n  - {size: 2, name: c}\n", "a.yaml"
    )
    other = spec(
        shape + "  - {size: 2, name: b}\n  - {size: 2, name: a}\n  - {size: 3, name: d}\n", "b.yaml"
    )
    done = call("diff", one, other)
    assert done.status == 1
    assert "- layer c: {type: 'dense', size: 2" in done.out
    assert "+ layer d: {type: 'dense', size: 3" in done.out
    assert "~ order of the layers: ['a', 'b'] → ['b', 'a']" in done.out
    assert "weights" not in done.out


def test_a_layer_inside_a_block_is_compared(call, spec):
    shape = "nnspec: 1\ntask: regression\ninput: 2\noutput: 1\nlayers:\n  - {type: residual, layers: [{size: 2, activation: %s}]}\n"
    done = call("diff", spec(shape % "relu", "a.yaml"), spec(shape % "tanh", "b.yaml"))
    assert "~ layer residual1, layer dense1: activation: relu → tanh" in done.out


def test_weights_by_shape_norm_and_largest_difference(call, spec):
    other = SMALL.replace("[[3]]", "[[7]]").replace("output.bias: [1]", "output.bias: [1.0]")
    done = call("diff", spec(SMALL, "a.yaml"), spec(other, "b.yaml"))
    assert done.status == 1
    assert "weights    1 of 4 arrays differ" in done.out
    cells = next(line for line in done.out.splitlines() if "output.weight" in line).split()
    assert cells == ["output.weight", "(1,", "1)", "4", "3", "7"]


def test_a_sign_of_zero_differs_in_bits_alone(call, spec):
    done = call(
        "diff", spec(SMALL, "a.yaml"), spec(SMALL.replace("[0]", "[-0.0]"), "b.yaml"), "--json"
    )
    assert done.status == 1
    (pair,) = [one for one in json.loads(done.out)["weights"] if not one["equal"]]
    assert (pair["name"], pair["largest"]) == ("dense1.bias", 0.0)


def test_arrays_that_one_has_and_of_other_shapes(call, spec):
    other = SMALL.replace("size: 1,", "size: 2,").replace(
        "[[2]], dense1.bias: [0]", "[[2, 1]], dense1.bias: [0, 0]"
    )
    other = other.replace("[[3]]", "[[3], [4]]").replace("output: 1", "output: 1\ninput: 1", 0)
    pairs = {
        one["name"]: one
        for one in json.loads(
            call("diff", spec(SMALL, "a.yaml"), spec(other, "b.yaml"), "--json").out
        )["weights"]
    }
    assert pairs["output.weight"]["shapes"] == [[1, 1], [2, 1]]
    assert pairs["output.weight"]["norms"] == [3.0, 5.0]
    assert pairs["output.weight"]["largest"] is None
    assert pairs["output.bias"]["equal"] is True


def test_outputs_name_the_first_layer_that_differs(call, spec, tmp_path):
    """x = 1: 2 → relu 2, then 3 * 2 + 1 = 7 and 4 * 2 + 1 = 9."""
    np.save(tmp_path / "x.npy", [[1.0], [0.5], [-1.0]])
    other = spec(SMALL.replace("[[3]]", "[[4]]"), "b.yaml")
    done = call("diff", spec(SMALL, "a.yaml"), other, "--data", tmp_path / "x.npy", "--json")
    *before, second = json.loads(done.out)["outputs"]
    assert [(one["layer"], one["equal"]) for one in before] == [("input", True), ("dense1", True)]
    assert (second["layer"], second["equal"], second["absolute"]) == ("output", False, 2.0)
    assert second["relative"] == 2 / 7
    text = call("diff", spec(SMALL, "a.yaml"), other, "--data", "[1.0]").out
    assert "outputs    differ first after output" in text


def test_denormalize_is_seen_in_what_leaves_the_network(call, spec):
    other = SMALL.replace("output: 1", "output: {size: 1, denormalize: {mean: 5, std: 1}}")
    done = call("diff", spec(SMALL, "a.yaml"), spec(other, "b.yaml"), "--data", "[1.0]")
    assert "outputs    differ first after output" in done.out


def test_each_picks_its_columns_by_its_own_names(call, spec, tmp_path):
    (tmp_path / "x.csv").write_text("a,b\n1,2\n3,4\n")
    shape = (
        "nnspec: 1\ntask: regression\ninput: {size: 2, features: %s}\nlayers: []\noutput: 1\n"
        "weights: {values: {output.weight: %s, output.bias: [0]}}\n"
    )
    one = spec(shape % ("[a, b]", "[[1], [10]]"), "a.yaml")
    other = spec(shape % ("[b, a]", "[[10], [1]]"), "b.yaml")
    _, drift = json.loads(call("diff", one, other, "--data", tmp_path / "x.csv", "--json").out)[
        "outputs"
    ]
    assert drift["absolute"] == 0.0


def test_wrong_usage_is_told_apart(call, spec):
    one = spec(SMALL, "a.yaml")
    two = spec(
        "nnspec: 1\ntask: regression\ninput: 2\nlayers: []\noutput: 1\nweights: {init: zeros}\n",
        "b.yaml",
    )
    assert call("diff", one).status == 2
    assert call("diff", one, two, "--data", "[1.0]").status == 2
    assert call("diff", one, one, "--data", "-").status == 2
    broken = call("diff", one, spec("nnspec: 1\n", "c.yaml"))
    assert broken.status == 1
    assert "missing-key" in broken.err


def test_help_tells_the_exit_status(call):
    done = call("diff", "--help")
    assert "The exit status is 0" in done.out
    assert "Examples:" in done.out
