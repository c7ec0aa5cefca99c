"""`nnspec activations` lists all, and tells everything about one."""

from __future__ import annotations

import json

import nnspec

PLUGIN = """
import nnspec

@nnspec.hookimpl
def nnspec_activations():
    return [nnspec.Activation("hill", lambda x, height: height / (1 + x * x),
        parameters={"height": {"type": "number", "minimum": 0}}, aliases=("hump",),
        formula="height / (1 + x\\x1b²)", elsewhere={"Acme": "hill of 2"})]
"""


def test_the_table_has_names_aliases_defaults_and_provider(call):
    lines = {line.split()[0]: line for line in call("activations").out.splitlines()}
    assert "swish" in lines["silu"]
    assert "negative_slope: 0.01" in lines["leaky_relu"]
    assert f"nnspec {nnspec.__version__}" in lines["tanh"]
    assert max(map(len, lines.values())) <= 100


def test_the_page_of_one_has_formula_source_range_elsewhere_and_a_curve(call):
    out = call("activations", "swish").out
    assert out.startswith("silu\n")
    assert "formula   x·σ(β·x)" in out
    for word in ("range", "source", "parameters", "beta: 1.0", "elsewhere", "ONNX"):
        assert word in out
    axis = out.splitlines()[-1].split()
    assert axis == ["-5", "0", "5"]


def test_the_curve_of_a_function_on_rows_says_which_row(call):
    assert "the first output of softmax for the row [x, 0]" in call("activations", "softmax").out


def test_one_of_a_plugin_without_default_and_without_curve(call, tmp_path):
    (tmp_path / "hill.py").write_text(PLUGIN)
    done = call("activations", "hump", "--plugin", tmp_path / "hill.py")
    assert done.status == 0
    assert "height: required" in done.out
    assert '"minimum": 0' in done.out
    assert "Acme: hill of 2" in done.out
    assert "no curve: height must be given" in done.out
    assert "\x1b" not in done.out


def test_json_is_a_list_or_one_object(call):
    everything = json.loads(call("activations", "--json").out)
    gelu = json.loads(call("activations", "gelu", "--json").out)
    assert gelu in everything
    assert gelu["parameters"]["approximate"]["enum"] == ["none", "tanh", "sigmoid"]
    assert gelu["provider"]["distribution"] == "nnspec"


def test_an_unknown_name_gets_a_suggestion(call):
    done = call("activations", "rleu")
    assert (done.status, done.out) == (2, "")
    assert "did you mean 'relu'?" in done.err


def test_a_name_of_another_distribution_gets_the_pip_line(call, monkeypatch):
    monkeypatch.setenv("NNSPEC_DISABLE_PLUGIN_AUTOLOAD", "1")
    assert "pip install nnspec-glu" in call("activations", "swiglu").err
