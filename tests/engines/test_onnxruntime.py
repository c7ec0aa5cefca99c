"""The ONNX Runtime engine: float64's numbers within a tolerance, and a sentence where it cannot."""

from __future__ import annotations

import os
import pickle
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import yaml

import nnspec
from nnspec.engines import onnxruntime as engine
from nnspec.graph.ir import Graph, Node, Value
from nnspec.ops.activate import ACTIVATE
from nnspec.plan import plan
from nnspec.plugin.activation import Activation
from nnspec.plugin.manager import load_plugins

pytest.importorskip("onnxruntime", reason="`make peers` runs this, with onnxruntime and onnx")

TOLERANCE = {"float32": 1e-6, "float64": 1e-13}
"""Of the largest output, against float64 NumPy: sums in another order, functions of its own."""
KINDS = [
    {"size": 33, "activation": "tanh"},
    {"type": "layernorm"},
    {"type": "residual", "layers": [{"size": 33, "activation": "sigmoid"}, {"type": "rmsnorm"}]},
    {"type": "concat", "layers": [{"size": 9, "bias": False}]},
    {"type": "batchnorm"},
    {"type": "affine"},
    {"type": "dropout", "rate": 0.5},
    {"type": "activation", "activation": {"name": "gelu", "approximate": "tanh"}},
    {"size": 50, "activation": "glu"},
    {"size": 50, "activation": "learnable_swish"},
    {"size": 20, "activation": {"name": "silu", "beta": 1.5}},
]
NAMES = sorted(load_plugins().activations)
NO_FORM = {"maxout"}
NOT_IN_FLOAT64 = {
    *("arctan", "celu", "elu", "geglu", "gelu", "gelu_10", "gelu_none", "hardmax", "leaky_relu"),
    *("log_sigmoid", "mish", "prelu", "rrelu", "selu", "softplus", "softsign", "sparse_sigmoid"),
}
"""ONNX Runtime 1.32 has kernels for these in float32 alone."""


def load(layers, dtype="float32", engine="onnxruntime", task="multiclass", **parts):
    spec = {
        "nnspec": 1,
        "task": task,
        "dtype": dtype,
        "input": 20,
        "layers": layers,
        "output": 6,
        "weights": {"init": "glorot_normal", "seed": 3},
        **parts,
    }
    return nnspec.loads(yaml.safe_dump(spec), engine=engine)


def rows(count, dtype="float32"):
    return np.random.default_rng(1).standard_normal((count, 20)).astype(dtype)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("optimize", [True, False])
def test_every_kind_of_layer_is_near_float64(dtype, optimize):
    scaled = {"size": 20, "clip": {"min": -1.5, "max": 2}, "normalize": {"mean": 0.1, "std": 2}}
    spec = {"nnspec": 1, "task": "regression", "dtype": dtype, "input": scaled, "layers": KINDS}
    spec["output"] = {"size": 6, "denormalize": {"mean": 3, "std": 2}}
    spec["weights"] = {"init": "glorot_normal", "seed": 3}
    x = rows(200)
    wide = yaml.safe_dump({**spec, "dtype": "float64"})
    exact = nnspec.loads(wide, engine="numpy", optimize=False)(x)
    model = nnspec.loads(yaml.safe_dump(spec), engine="onnxruntime", optimize=optimize)
    assert np.abs(model(x.astype(dtype)) - exact).max() <= TOLERANCE[dtype] * np.abs(exact).max()


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", NAMES)
def test_an_activation_is_within_4_ulp_of_numpy_or_refused_in_a_sentence(name, dtype):
    required = dict.fromkeys(load_plugins().activations[name].required, 0.5)
    layers = [{"type": "activation", "activation": {"name": name, **required}}]
    if name in NO_FORM or (dtype == "float64" and name in NOT_IN_FLOAT64):
        with pytest.raises(nnspec.UsageError, match="--engine numpy"):
            load(layers, dtype, task="regression").program("outputs")
        return
    x = 3 * rows(200, dtype)
    expected = load(layers, dtype, "numpy", task="regression")(x)
    y = load(layers, dtype, task="regression")(x)
    assert y.dtype == dtype
    assert np.abs(y - expected).max() <= 4 * np.finfo(dtype).eps * np.abs(expected).max()


def test_learned_numbers_of_each_unit_reach_the_model(tmp_path):
    slopes = np.linspace(-1, 1, 20)
    np.savez(
        tmp_path / "w.npz",
        **{"activation1.activation.alpha": slopes},
        **{"output.weight": np.eye(20, 6), "output.bias": np.zeros(6)},
    )
    text = (
        "{nnspec: 1, task: regression, input: 20, output: 6, weights: w.npz,"
        " layers: [{type: activation, activation: prelu}]}"
    )
    x = rows(50)
    y = nnspec.loads(text, folder=tmp_path, engine="onnxruntime")(x)
    np.testing.assert_allclose(y, np.where(x < 0, x * slopes, x)[:, :6], rtol=1e-6)


def test_logits_labels_and_layers_are_there_and_nothing_to_compute_gives_a_copy():
    model, numpy = load(KINDS), load(KINDS, engine="numpy")
    x = rows(40)
    assert np.abs(model.logits(x) - numpy.logits(x)).max() < 1e-5
    assert (model.labels(x) == numpy.labels(x)).all()
    assert np.abs(model.layer("layernorm1", x) - numpy.layer("layernorm1", x)).max() < 1e-5
    same = model.layer("input", x)
    assert (same == x).all()
    assert not np.shares_memory(same, x)
    assert model(x[:0]).shape == (0, 6)


def test_it_may_be_called_by_many_threads_and_pickles():
    model = load(KINDS)
    data = [rows(count) for count in (1, 5, 70, 300)] * 5
    expected = [model(x) for x in data]
    with ThreadPoolExecutor(4) as pool:
        for y, right in zip(pool.map(model, data), expected, strict=True):
            np.testing.assert_allclose(y, right, atol=1e-6)
    again = pickle.loads(pickle.dumps(model))
    assert again.engine == "onnxruntime"
    np.testing.assert_allclose(again(data[0]), expected[0], atol=1e-6)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork is a matter of POSIX")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # threads and fork
def test_the_child_of_a_fork_works():
    model = load([{"size": 2000, "activation": "relu"}, {"size": 2000}])
    x = rows(500)
    expected = model(x)
    child = os.fork()
    if child == 0:
        try:
            os._exit(int(np.abs(model(x) - expected).max() > 1e-6))
        finally:
            os._exit(2)
    end = time.monotonic() + 30
    while (state := os.waitpid(child, os.WNOHANG)) == (0, 0) and time.monotonic() < end:
        time.sleep(0.05)
    if state == (0, 0):
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert state == (child, 0)


def test_an_activation_without_a_form_is_named_with_what_to_do():
    x, y = Value("x", 5), Value("dense1", 5)
    settings = {"activation": Activation("mine", np.cbrt), "parameters": {}}
    graph = Graph("g", "float32", x, (Node(ACTIVATE, (x,), y, "dense1", settings),), y)
    with pytest.raises(nnspec.UsageError, match=r"^dense1: the activation 'mine' has no ONNX form"):
        engine.Program(plan(graph))


def test_what_onnx_runtime_has_no_kernel_for_is_named_with_what_to_do():
    with pytest.raises(
        nnspec.UsageError, match=r"float64: it has no operator Elu .*--engine numpy"
    ):
        load([{"size": 5, "activation": "elu"}], "float64").program("outputs")


def test_deterministic_is_refused_with_the_engines_that_can():
    text = "nnspec: 1\ntask: regression\ninput: 2\nlayers: []\noutput: 1\n"
    text += "weights: {init: glorot_normal, seed: 0}\n"
    with pytest.raises(nnspec.UsageError, match=r"onnxruntime cannot be deterministic.* numpy"):
        nnspec.loads(text, engine="onnxruntime", deterministic=True)


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(engine, "find_spec", lambda name: None)
    with pytest.raises(nnspec.MissingExtraError, match=r"pip install 'nnspec\[onnx\]'"):
        load([]).program("outputs")
