"""The NumPy engine's scratch has gaps, and its weights have parts: none of it shows in a result."""

from __future__ import annotations

import numpy as np
import pytest
import yaml

import nnspec
from nnspec.engines.numpy import program
from nnspec.engines.numpy.blocks import BLOCK
from nnspec.engines.numpy.buffers import lanes
from nnspec.engines.numpy.product import Product
from nnspec.graph.ir import Graph, Node, Value
from nnspec.ops.activate import ACTIVATE
from nnspec.ops.affine import AFFINE
from nnspec.plan import plan
from nnspec.plugin.activation import Activation
from nnspec.plugin.manager import load_plugins

COMPILE = load_plugins().engines["numpy"].compile
ROWS = [1, 3, BLOCK, BLOCK + 1, 100, 600]
SHAPES = [(1, 1), (50, 17), (768, 1536), (1536, 768), (2000, 97), (300, 33)]


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_product_in_parts_is_the_product(shape, rows):
    depth, columns = shape
    rng = np.random.default_rng(0)
    w, b, x = (rng.standard_normal(s) for s in (shape, columns, (rows, depth)))
    before, after = Value("x", depth), Value("y", columns)
    node = Node(AFFINE, (before,), after, "y", {"weight": w, "bias": b})
    run = COMPILE(plan(Graph("g", "float64", before, (node,), after)))
    np.testing.assert_allclose(run(x), x @ w + b, rtol=1e-12, atol=1e-10)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_parts_hold_every_column_and_little_else(shape):
    product = Product(np.ones(shape, "f4"), None, BLOCK)
    assert shape[1] <= product.wide <= lanes(shape[1]) * 1.25


RESIDUAL = """
nnspec: 1
task: regression
dtype: float64
input: 7
layers:
  - {size: 19, activation: silu}
  - {type: residual, layers: [{size: 19, activation: mine}, {type: concat, layers: [{size: 3}]},
      {size: 19, activation: tanh}]}
  - {type: layernorm}
  - {type: activation, activation: relu}
output: 5
weights: {init: glorot_normal, seed: 1}
"""


@pytest.mark.parametrize("rows", ROWS)
def test_values_of_many_widths_in_few_buffers(rows, tmp_path):
    """Against the same network, layer by layer from the weights."""
    plugin = tmp_path / "mine.py"
    plugin.write_text(
        "import numpy as np\nimport nnspec\n\n\ndef f(x):\n    assert (x != 0).all()\n"
        "    return 1 / x\n\n\n@nnspec.hookimpl\ndef nnspec_activations():\n"
        "    return [nnspec.Activation('mine', f)]\n"
    )
    net = nnspec.loads(RESIDUAL, engine="numpy", plugins=[str(plugin)])
    w = net.loaded.arrays
    dense = [name.removesuffix(".weight") for name in w if name.endswith(".weight")]
    x = np.random.default_rng(5).standard_normal((rows, 7))

    def affine(value, k):
        return value @ w[f"{dense[k]}.weight"] + w[f"{dense[k]}.bias"]

    a = affine(x, 0)
    a = a / (1 + np.exp(-a))
    b = 1 / affine(a, 1)
    c = np.concatenate([b, affine(b, 2)], axis=1)
    a = a + np.tanh(affine(c, 3))
    a = (a - a.mean(1, keepdims=True)) / np.sqrt(a.var(1, keepdims=True) + 1e-5)
    y = affine(np.maximum(a, 0), 4)
    np.testing.assert_allclose(net(x), y, rtol=1e-9, atol=1e-9)


def test_an_activation_in_place_may_be_followed_by_another_of_other_arrays():
    spec = {"nnspec": 1, "task": "regression", "input": 3, "output": 2, "dtype": "float64"}
    spec["layers"] = [{"type": "activation", "activation": name} for name in ("tanh", "relu")]
    spec["weights"] = {"init": "glorot_normal", "seed": 0}
    net = nnspec.loads(yaml.safe_dump(spec), engine="numpy")
    w = net.loaded.arrays
    for rows in (2, 1, 40, 2):
        x = np.random.default_rng(rows).standard_normal((rows, 3))
        expected = np.maximum(np.tanh(x), 0) @ w["output.weight"] + w["output.bias"]
        np.testing.assert_allclose(net(x), expected, rtol=1e-12, atol=1e-12)


def test_a_form_in_place_that_fails_is_named():
    def broken(x, out):
        raise RuntimeError("not here")

    x, y = Value("x", 2), Value("y", 2)
    activation = Activation("broken", np.negative, inplace=broken)
    node = Node(ACTIVATE, (x,), y, "y", {"activation": activation, "parameters": {}})
    run = COMPILE(plan(Graph("g", "float32", x, (node,), y)))
    with pytest.raises(nnspec.NnspecError, match="'broken' failed: RuntimeError: not here"):
        run(np.ones((1, 2), "f4"))


@pytest.mark.parametrize("rows", [8, 9, 16, 17, 40])
def test_rows_that_threads_share_have_the_bits_of_each_alone(rows, monkeypatch):
    rng = np.random.default_rng(0)
    w, x = rng.standard_normal((300, 40)), rng.standard_normal((rows, 300)).astype("f4")
    before, after = Value("x", 300), Value("y", 40)
    node = Node(AFFINE, (before,), after, "y", {"weight": w})
    run = COMPILE(plan(Graph("g", "float32", before, (node,), after)))
    alone = np.concatenate([run(row[None]) for row in x])
    monkeypatch.setattr(program, "_WORTH_A_THREAD", 0)
    monkeypatch.setattr(program, "cores", lambda: 3)
    assert run(x).tobytes() == alone.tobytes()
