"""`nnspec schema` prints the JSON Schema of all that is installed."""

from __future__ import annotations

import json

import jsonschema

PLUGIN = """
import nnspec

@nnspec.hookimpl
def nnspec_activations():
    return [nnspec.Activation("twice", lambda x, by: x * by,
        parameters={"by": {"type": "number", "minimum": 1, "default": 2.0}})]
"""


def valid(schema: dict, activation: object) -> bool:
    layers = [{"size": 1, "activation": activation}]
    spec = {"nnspec": 1, "task": "regression", "input": 1, "layers": layers, "output": 1}
    return jsonschema.Draft202012Validator(schema).is_valid(spec)


def test_it_is_a_sound_schema_with_indent_2_and_a_final_newline(call):
    out = call("schema", "--core").out
    assert out.startswith('{\n  "')
    assert out.endswith("}\n")
    assert not out.endswith("\n\n")
    jsonschema.Draft202012Validator.check_schema(json.loads(out))
    assert valid(json.loads(out), "relu")


def test_a_plugin_is_in_it_with_its_parameter_but_not_in_the_core(call, tmp_path, monkeypatch):
    (tmp_path / "twice.py").write_text(PLUGIN)
    schema = json.loads(call("schema", "--plugin", tmp_path / "twice.py").out)
    assert valid(schema, {"name": "twice", "by": 3})
    assert not valid(schema, {"name": "twice", "by": 0})
    assert not valid(json.loads(call("schema", "--core").out), "twice")


def test_the_core_is_what_comes_without_any_plugin(call, monkeypatch):
    core = call("schema", "--core").out
    monkeypatch.setenv("NNSPEC_DISABLE_PLUGIN_AUTOLOAD", "1")
    assert call("schema").out == core


def test_to_a_file(call, tmp_path):
    done = call("schema", "--core", "-o", tmp_path / "s.json")
    assert (done.status, done.out) == (0, "")
    assert (tmp_path / "s.json").read_text("utf-8") == call("schema", "--core").out


def test_a_file_that_cannot_be_written_is_one_sentence(call, tmp_path):
    done = call("schema", "-o", tmp_path / "nowhere" / "s.json")
    assert done.status == 1
    assert done.err.startswith("nnspec: ")
    assert done.err.count("\n") == 1


def test_core_and_plugin_do_not_go_together(call):
    assert call("schema", "--core", "--plugin", "x.py").status == 2
