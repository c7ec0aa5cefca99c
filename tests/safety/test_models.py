"""Promises 25 and 26: rows and callers do not touch one another, whatever the activation does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import nnspec
from nnspec.plugin.manager import load_plugins

REGISTRY = load_plugins()
SPEC = """\
nnspec: 1
task: regression
input: 6
layers:
  - {{size: 6, activation: {name}}}
  - {{type: residual, layers: [{{size: 6, activation: {name}}}]}}
  - {{type: layernorm}}
output: 3
weights: {{init: he_normal, seed: 1}}
"""
GREEDY = """
import numpy as np
import nnspec

def greedy(x):
    x[...] = 7
    return x

@nnspec.hookimpl
def nnspec_activations():
    return [nnspec.Activation("greedy", greedy)]
"""


def usable():
    """Every activation of nnspec itself that keeps the number of features and needs no setting."""
    own = [REGISTRY.activations[name] for (kind, name), who in REGISTRY.origins.items() if kind == "activation" and who.name == "nnspec"]  # fmt: skip
    return [one.name for one in own if one.width is None and not one.required]


@pytest.mark.parametrize("name", usable())
def test_input_and_weights_stay_and_rows_are_apart(name):
    model = nnspec.loads(SPEC.format(name=name))
    x = np.random.default_rng(1).normal(size=(40, 6)).astype("f4")
    weights = {key: array.copy() for key, array in model.loaded.arrays.items()}
    x.flags.writeable = False
    before, y = x.copy(), model(x)
    np.testing.assert_array_equal(x, before)
    assert all(np.array_equal(model.loaded.arrays[key], array) for key, array in weights.items())
    dirty = x.copy()
    dirty[3], dirty[17, 2] = np.nan, np.inf
    clean = [row for row in range(40) if row not in (3, 17)]
    np.testing.assert_array_equal(model(dirty)[clean], y[clean])
    for size in (1, 2, 7, 39):
        parts = [model(x[start : start + size]) for start in range(0, 40, size)]
        np.testing.assert_array_equal(np.concatenate(parts), y)


def test_threads_that_call_at_once_get_their_own_rows():
    model = nnspec.loads(SPEC.format(name="gelu"))
    many = [np.random.default_rng(seed).normal(size=(200, 6)).astype("f4") for seed in range(16)]
    alone = [model(x) for x in many]
    with ThreadPoolExecutor(4) as pool:
        for _ in range(5):
            for expected, found in zip(alone, pool.map(model, many), strict=True):
                np.testing.assert_array_equal(found, expected)


def test_a_plugin_that_writes_to_its_input_harms_nothing_but_itself(tmp_path):
    (tmp_path / "greedy.py").write_text(GREEDY)
    model = nnspec.loads(SPEC.format(name="greedy"), plugins=[str(tmp_path / "greedy.py")])
    x = np.ones((4, 6), "f4")
    weights = {key: array.copy() for key, array in model.loaded.arrays.items()}
    with pytest.raises(nnspec.PluginError, match="greedy"):
        model(x)
    np.testing.assert_array_equal(x, np.ones((4, 6)))
    assert all(np.array_equal(model.loaded.arrays[key], array) for key, array in weights.items())
