"""Which engine computes, and why: `nnspec show`, `nnspec run --verbose`, and the contract."""

from __future__ import annotations

import json
import pickle

import nnspec
from nnspec.plugin.engine import WarmingRun

SPEC = """
nnspec: 1
task: regression
input: 2
layers: [{size: 3, activation: relu}]
output: 1
weights: {init: he_normal, seed: 0}
"""
PLUGIN = """
import numpy as np
import nnspec

class Cold:
    reason = "its oven is cold"
    def __init__(self, plan):
        self.outputs, self.waited = plan.outputs, False
    def __call__(self, x):
        return np.zeros((len(x), self.outputs), x.dtype)
    def wait(self, seconds=None):
        self.waited = True
        return False

@nnspec.hookimpl
def nnspec_engines():
    return [nnspec.Engine("cold", Cold, "An engine that never warms.")]
"""


def test_show_tells_the_engine_and_why(call, spec):
    path = spec(SPEC)
    out = call("show", path).out
    assert out.splitlines()[-2].startswith("engine   numpy, the default; ")
    assert "engine   auto, asked for" in call("show", path, "--engine", "auto").out
    engine = json.loads(call("show", path, "--engine", "auto", "--format", "json").out)["engine"]
    assert (engine["name"], engine["why"]) == ("auto", "asked for")


def test_show_without_weights_has_no_engine(call, spec):
    path = spec(SPEC.replace("weights: {init: he_normal, seed: 0}\n", ""))
    assert json.loads(call("show", path, "--format", "json").out)["engine"] is None


def test_verbose_tells_the_engine_and_why_on_standard_error(call, spec):
    path = spec(SPEC)
    done = call("run", path, "[1, 2]", "-v")
    assert done.err.startswith("nnspec: engine numpy (the default; ")
    assert done.out == call("run", path, "[1, 2]").out
    assert call("run", path, "[1, 2]").err == ""
    assert "engine auto (asked for)" in call("run", path, "[1, 2]", "-v", "--engine", "auto").err


def test_verbose_tells_where_something_else_answered(call, spec, tmp_path):
    plugin = tmp_path / "cold.py"
    plugin.write_text(PLUGIN)
    path = spec(SPEC)
    for emit in ("outputs", "logits", "layer:dense1"):
        done = call(
            *("run", path, "[1, 2]", "-v", "--preview", "--plugin", plugin),
            *("--engine", "cold", "--emit", emit),
        )
        assert "did not compute it all: its oven is cold" in done.err


def test_deterministic_waits_for_an_engine_that_warms_up(spec, tmp_path):
    plugin = tmp_path / "cold.py"
    plugin.write_text(PLUGIN)
    for deterministic in (True, False):
        model = nnspec.load(
            spec(SPEC), engine="cold", plugins=[str(plugin)], deterministic=deterministic
        )
        run = model.program("outputs")
        assert isinstance(run, WarmingRun)
        assert run.waited == deterministic
    assert model.stands_in == ["its oven is cold"]
    assert not isinstance(nnspec.load(spec(SPEC)).program("outputs"), WarmingRun)


def test_a_model_that_was_pickled_keeps_what_was_asked_for_and_why(spec):
    for wanted in (None, "auto"):
        model = nnspec.load(spec(SPEC), engine=wanted)
        again = pickle.loads(pickle.dumps(model))
        assert str(again.choice) == str(model.choice)
