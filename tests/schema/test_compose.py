"""The composed schema: sound, whole, the same every time, and safe from what a plugin gives."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from nnspec.plugin.activation import Activation
from nnspec.plugin.layer import Layer
from nnspec.plugin.registry import Provider, Registry
from nnspec.schema.compose import compose

COMMITTED = Path(__file__).parents[2] / "schemas" / "nnspec-v1.schema.json"


def same(x):
    return x


PLAIN = Layer("plain", "Plain", "Nothing happens.", same)


def registered(*activations: Activation, layers=(PLAIN,), reverse=False) -> Registry:
    step = -1 if reverse else 1
    return Registry(
        activations={one.name: one for one in activations[::step]},
        aliases={name: one.name for one in activations[::step] for name in one.names[::step]},
        layers={layer.type: layer for layer in layers[::step]},
        origins={("activation", one.name): Provider("x", "nnspec-x", "1.2") for one in activations},
    )


def test_the_committed_schema_is_fresh(schema):
    committed = json.loads(COMMITTED.read_text("utf-8"))
    again = "regenerate it: nnspec schema --core > schemas/nnspec-v1.schema.json"
    assert committed == schema, again


def test_it_is_a_sound_schema_and_plain_json(schema):
    Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema, allow_nan=False)) == schema


def test_every_key_that_a_spec_may_have_teaches(schema):
    """Title and description on every property, item and branch, or on what it refers to."""

    def visit(part, where):
        target = schema["$defs"][part["$ref"].rsplit("/")[-1]] if "$ref" in part else {}
        for word in ("title", "description"):
            assert part.get(word) or target.get(word), f"{where} has no {word}"
        for key, below in part.get("properties", {}).items():
            visit(below, f"{where}.{key}")
        for number, below in enumerate(part.get("anyOf", [])):
            if "$ref" not in below:
                visit(below, f"{where}|{number}")
        for keyword in ("items", "additionalProperties"):
            if isinstance(part.get(keyword), dict):
                visit(part[keyword], f"{where}[]")

    visit(schema, "spec")
    for name, part in schema["$defs"].items():
        visit(part, name)


def test_it_does_not_depend_on_the_order_of_registration():
    kinds = [Layer(name, "K", "A kind.", same) for name in ("b", "a")]
    acts = [Activation("b", same, aliases=("y", "x")), Activation("a", same)]
    forth = compose(registered(*acts, layers=tuple(kinds)))
    back = compose(registered(*acts, layers=tuple(kinds), reverse=True))
    assert json.dumps(forth) == json.dumps(back)


def test_a_parameter_comes_verbatim_under_every_name_of_its_activation():
    part = {"title": "By", "type": "number", "minimum": 0, "default": 2.0, "examples": [3]}
    schema = compose(registered(Activation("scale", same, parameters={"by": part}, aliases=("s",))))
    *names, mapping = schema["$defs"]["activation"]["anyOf"]
    assert [branch["const"] for branch in names] == ["scale", "s"]
    assert mapping["properties"]["by"] == part
    assert mapping["properties"]["name"]["enum"] == ["scale", "s"]
    assert mapping["required"] == ["name"]


def test_a_name_alone_is_not_enough_where_a_parameter_has_no_default(judge, spec):
    schema = compose(registered(Activation("cut", same, parameters={"at": {"type": "number"}})))
    assert not any("const" in branch for branch in schema["$defs"]["activation"]["anyOf"])
    (finding,) = judge(spec(output={"size": 3, "activation": "cut"}), schema)
    assert (finding.code, finding.pointer) == ("missing-key", "/output/activation")
    assert finding.hint == "write {name: cut, at: …}"


UNSOUND = {
    "type": {"type": "numbre"},
    "bound": {"minimum": "low"},
    "remote": {"$ref": "https://example.com/s.json"},
    "file": {"$ref": "file:///etc/passwd"},
    "nested": {"anyOf": [{"type": "object", "properties": {"a": {"$ref": "other.json"}}}]},
    "own id": {"$id": "https://example.com/", "type": "number"},
    "draft": {"$schema": "http://json-schema.org/draft-04/schema#", "type": "number"},
    "regex": {"type": "string", "pattern": "("},
    "exponential": {"type": "string", "pattern": "^(a+)+$"},
    "alternatives": {"type": "string", "pattern": "^(a|aa)*$"},
    "polynomial": {"type": "string", "pattern": ".*.*.*.*.*!"},
    "key pattern": {"type": "object", "patternProperties": {"(x*)*y": True}},
    "nan": {"type": "number", "default": math.nan},
    "numpy": {"type": "number", "default": np.float32(1)},
    "function": {"type": "number", "default": same},
}


@pytest.mark.parametrize("name", UNSOUND)
def test_an_unsound_part_takes_only_its_own_activation_away(judge, spec, name):
    bad = Activation("bad", same, parameters={"by": {"default": 1, **UNSOUND[name]}})
    schema = compose(registered(bad, Activation("good", same)))
    Draft202012Validator.check_schema(schema)
    assert judge(spec(output={"size": 3, "activation": "good"}), schema) == []
    for use in ("bad", {"name": "bad"}, {"name": "bad", "by": 1}):
        (finding,) = judge(spec(output={"size": 3, "activation": use}), schema)
        assert finding.code == "plugin-missing"
        assert finding.pointer == "/output/activation"
        assert "nnspec-x 1.2 gives 'bad', but the schema of 'by' is unsound" in finding.message


def test_an_unsound_layer_takes_only_itself_away(judge, spec):
    layer = Layer("bad", "Bad", "Bad.", same, {"by": {"$ref": "#/$defs/size"}})
    good = Layer("good", "Good", "Good.", same, {"of": {"$ref": "#/$defs/layers"}})
    schema = compose(registered(layers=(layer, good)))
    assert judge(spec(layers=[{"type": "good", "of": [{"type": "good"}]}]), schema) == []
    (finding,) = judge(spec(layers=[{"type": "bad"}]), schema)
    assert (finding.code, finding.pointer) == ("plugin-missing", "/layers/0")


def test_words_that_are_data_or_names_are_no_keywords(judge, spec):
    """`pattern` may be a property's name, and anything may stand in a default."""
    part = {
        "type": "object",
        "properties": {"pattern": {"type": "string"}, "$ref": {"type": "string"}},
        "default": {"$ref": "elsewhere", "pattern": "("},
    }
    schema = compose(registered(Activation("odd", same, parameters={"by": part})))
    use = {"name": "odd", "by": {"pattern": "(", "$ref": "x"}}
    assert judge(spec(output={"size": 3, "activation": use}), schema) == []
