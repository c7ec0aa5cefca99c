"""`nnspec render` writes every default out, and what it writes reads back."""

from __future__ import annotations

import numpy as np

import nnspec
from nnspec.source import yaml

HARD = r"""
nnspec: 1
name: "010"
description: "two\nlines: with # signs\u2028and more \e"
task: multiclass
input: {size: 3, features: ["no", "1e-5", "~"], normalize: {mean: 0, std: 1.0e-5}}
layers:
  - {size: 4, activation: gelu}
  - {type: batchnorm, name: "null"}
output: {size: 3, labels: ["0o10", "yes", "0x1F"]}
weights: {init: he_normal, seed: 7}
metadata: {"true": [1, 1.5, null, true, "true", ".inf", "<<", "", " a "], "x: y": {deep: [[1], {}]}}
"""


def read(path):
    document, diagnostics = yaml.read_file(path)
    assert not diagnostics
    return document.data


def test_every_default_is_written_out(call, spec):
    path = spec("{nnspec: 1, task: regression, input: 2, layers: [{size: 3}], output: 1}")
    data = read(spec(call("render", path).out, "whole.yaml"))
    assert data["dtype"] == "float32"
    layer = data["layers"][0]
    assert (layer["type"], layer["name"], layer["bias"]) == ("dense", "dense1", True)
    assert layer["activation"] == "identity"
    assert data["output"]["activation"] == "identity"
    assert list(data)[:2] == ["nnspec", "name"]


def test_texts_that_look_like_something_else_stay_texts(call, spec):
    path = spec(HARD)
    data = read(spec(call("render", path).out, "whole.yaml"))
    assert data["name"] == "010"
    assert data["description"] == "two\nlines: with # signs\u2028and more \x1b"
    assert data["input"]["features"] == ["no", "1e-5", "~"]
    assert data["input"]["normalize"]["std"] == 1e-5
    assert data["layers"][1]["name"] == "null"
    assert data["output"]["labels"] == ["0o10", "yes", "0x1F"]
    assert data["metadata"] == read(path)["metadata"]


def test_rendering_twice_changes_nothing(call, spec):
    once = call("render", spec(HARD)).out
    assert call("render", spec(once, "once.yaml")).out == once


def test_the_rendered_spec_computes_the_same(call, spec):
    path = spec(HARD)
    whole = spec(call("render", path).out, "whole.yaml")
    x = np.array([[1e-5, 2e-5, -3e-5]])
    np.testing.assert_array_equal(nnspec.load(path)(x), nnspec.load(whole)(x))


def test_a_faulty_spec_is_not_rendered(call, spec):
    done = call("render", spec("{nnspec: 1, task: regression, input: 2, layers: [], output: -1}"))
    assert (done.status, done.out) == (1, "")
    assert "spec.yaml:1:" in done.err
