"""The numba engine: the NumPy engine's numbers, the same bits anywhere, and NumPy where it must."""

from __future__ import annotations

import marshal
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import yaml

import nnspec
import nnspec.engines.numba as engine
from nnspec.activations import gelu
from nnspec.errors import MissingExtraError
from nnspec.graph.ir import Graph, Node, Value
from nnspec.ops.activate import ACTIVATE
from nnspec.plan import plan
from nnspec.plugin.activation import Activation

pytest.importorskip("numba", reason="`make peers` runs this, with numba")
from nnspec.engines.numba.auto import Auto
from nnspec.engines.numba.parcel import unwrap, wrap
from nnspec.engines.numba.program import Program
from nnspec.engines.numba.scalars import fixed

pytestmark = pytest.mark.usefixtures("own_cache")
COMPILED = [
    "celu elu exponential gauss gelu hard_swish hard_tanh identity leaky_relu log_sigmoid relu relu6",
    "selu sigmoid silu softplus softsign square step tanh",
]
KINDS = [
    {"size": 33, "activation": "tanh"},
    {"type": "layernorm"},
    {"type": "residual", "layers": [{"size": 33, "activation": "gelu"}, {"type": "rmsnorm"}]},
    {"type": "concat", "layers": [{"size": 9}]},
    {"type": "batchnorm"},
    {"type": "dropout", "rate": 0.5},
    {"type": "activation", "activation": {"name": "gelu", "approximate": "tanh"}},
    {"size": 50, "activation": {"name": "leaky_relu", "negative_slope": 0.2}},
]
SHAPES = [[784, 50, 100, 10], [1, 1], [3, 16, 17, 2], [33, 8, 9], [100, 500, 3], [257, 160, 50]]


def load(sizes, dtype="float32", activation="sigmoid", task="regression", engine="numba", **parts):
    spec = {
        "nnspec": 1,
        "task": task,
        "dtype": dtype,
        "input": sizes[0],
        "layers": [{"size": n, "activation": activation} for n in sizes[1:-1]],
        "output": sizes[-1],
        "weights": {"init": "glorot_normal", "seed": 3},
        **parts,
    }
    return nnspec.loads(yaml.safe_dump(spec), engine=engine)


def compiled(*args, **kwargs):
    model = load(*args, **kwargs)
    run = model.program("outputs")
    assert run.wait(), run.reason
    return model


def rows(count, size, dtype="float32", seed=1):
    return np.random.default_rng(seed).standard_normal((count, size)).astype(dtype)


def same_bits(a, b):
    return np.ascontiguousarray(a).tobytes() == np.ascontiguousarray(b).tobytes()


def single(activation, dtype="float32", size=40):
    x, y = Value("x", size), Value("y", size)
    node = Node(ACTIVATE, (x,), y, "y", {"activation": activation, "parameters": {}})
    run = Program(plan(Graph("g", dtype, x, (node,), y)))
    return run, run.wait()


@pytest.mark.parametrize("activation", " ".join(COMPILED).split())
def test_outputs_are_those_of_numpy_within_4_ulp_of_their_scale(activation):
    x = rows(200, 40)
    ours = compiled([40, 60, 30, 7], activation=activation)(x)
    theirs = load([40, 60, 30, 7], activation=activation, engine="numpy")(x)
    assert np.abs(ours - theirs).max() <= 4 * np.spacing(np.abs(theirs).max())


def test_every_kind_of_layer_is_compiled_and_as_near_to_float64_as_numpy():
    scaled = {"size": 20, "clip": {"min": -1.5, "max": 2}, "normalize": {"mean": 0.1, "std": 2}}
    parts = {"layers": KINDS, "input": scaled}
    x = rows(300, 20)
    exact = load([20, 6], "float64", engine="numpy", **parts)(x.astype("f8"))
    ours = np.abs(compiled([20, 6], **parts)(x) - exact).max()
    theirs = np.abs(load([20, 6], engine="numpy", **parts)(x) - exact).max()
    assert ours <= 2 * theirs
    assert ours <= 6 * np.spacing(np.float32(np.abs(exact).max()))


@pytest.mark.parametrize("activation", ["relu", "sigmoid", "tanh", "elu"])
def test_float64_is_compiled_where_the_scalar_form_is_exact(activation):
    x = rows(300, 20, "float64")
    ours = compiled([20, 50, 31, 6], "float64", activation, "multiclass")(x)
    theirs = load([20, 50, 31, 6], "float64", activation, "multiclass", "numpy")(x)
    assert np.abs(ours - theirs).max() <= 4 * np.spacing(1.0)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("sizes", SHAPES, ids=lambda sizes: "-".join(map(str, sizes)))
def test_a_row_has_the_same_bits_alone_in_any_batch_and_at_any_place(sizes, dtype):
    net = compiled(sizes, dtype)
    x = rows(3000, sizes[0], dtype)
    y = net(x)
    for k in (0, 1, 5, 8, 95, 96, 127, 2999):
        assert same_bits(net(x[k : k + 1]), y[k : k + 1])
    for start, stop in ((0, 100), (7, 71), (13, 300), (1, 3), (200, 2900)):
        assert same_bits(net(x[start:stop]), y[start:stop])
    order = np.random.default_rng(2).permutation(len(x))
    assert same_bits(net(x[order]), y[order])


def test_many_threads_may_call_it_at_once():
    net = compiled([96, 384, 384, 7])
    data = [rows(int(n), 96, seed=int(n)) for n in np.random.default_rng(4).integers(1, 900, 40)]
    expected = [net(x) for x in data]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            for y, right in zip(pool.map(net, data), expected, strict=True):
                assert same_bits(y, right)


def test_rows_of_nan_and_infinity_change_no_neighbour():
    net = compiled([20, 6], layers=KINDS)
    x = rows(200, 20)
    y = net(x)
    spoilt = x.copy()
    spoilt[::3] = np.nan
    spoilt[1::3] = np.inf
    result = net(spoilt)
    assert np.isnan(result[::3]).all()
    assert same_bits(result[2::3], y[2::3])


def test_the_input_is_only_read_and_no_rows_give_no_rows():
    net = compiled([3, 5, 2], layers=[{"type": "activation", "activation": "relu"}])
    x = rows(200, 3)
    before = x.copy()
    x.flags.writeable = False
    net(x)
    assert same_bits(x, before)
    assert net(np.empty((0, 3), "f4")).shape == (0, 2)


def test_a_plan_of_nothing_gives_a_copy():
    x = np.ones((3, 2), "f4")
    y = load([2, 2]).layer("input", x)
    assert same_bits(y, x)
    assert not np.shares_memory(y, x)


def test_an_activation_without_a_scalar_form_runs_through_numpy():
    run, ours = single(Activation("mine", np.cbrt))
    assert ours
    assert run.through_numpy == ["y: mine has no scalar form"]
    assert same_bits(run(rows(5, 40)), np.cbrt(rows(5, 40)))


def test_a_scalar_form_that_is_another_function_is_found_out():
    run, _ = single(Activation("mine", np.sqrt, scalar=off_by_little))
    assert "the scalar form of mine gives" in run.through_numpy[0]
    assert same_bits(run(rows(5, 40) ** 2), np.sqrt(rows(5, 40) ** 2))


def off_by_little(x):
    return x**0.5 * 1.000001


def test_a_plain_function_of_a_plugin_is_compiled():
    run, ours = single(Activation("halved", lambda x: x / np.float32(2), scalar=halved))
    assert ours, run.reason
    assert run.through_numpy == []
    assert same_bits(run(rows(5, 40)), rows(5, 40) / np.float32(2))


def halved(x):
    return 0.5 * x


def test_another_process_gets_a_function_by_value_and_what_nnspec_replaces_by_name():
    scalar = load([2, 2], engine="numpy").registry.activations["gelu"].scalar
    parcel = marshal.loads(marshal.dumps(wrap(fixed(scalar, {"approximate": "none"}, 1))))
    made = unwrap(parcel)
    assert made(1.0) == scalar(1.0)
    assert made.__globals__["scalar_none"] is gelu.scalar_none


@pytest.mark.parametrize("scalar", [lambda x: [x][0] if x else 1 / 0, lambda x: print(x), np.sqrt])
def test_a_scalar_form_that_cannot_be_compiled_does_no_harm(scalar):
    run, _ = single(Activation("mine", np.abs, scalar=scalar))
    assert len(run.through_numpy) == 1
    assert same_bits(run(-rows(5, 40)), np.abs(rows(5, 40)))


def failing(x):
    if (x > 100).any():
        raise ValueError("too large")
    return x


def test_what_an_array_function_raises_in_machine_code_is_raised_by_that_call_alone():
    run, ours = single(Activation("mine", failing))
    assert ours
    good, bad = rows(500, 40), rows(500, 40) + 200
    with ThreadPoolExecutor(4) as pool:
        calls = [pool.submit(run, bad if k % 3 == 0 else good) for k in range(60)]
    for k, one in enumerate(calls):
        if k % 3 == 0:
            assert "ValueError: too large" in str(one.exception())
        else:
            assert same_bits(one.result(), good)


def test_a_few_calls_run_through_numpy_and_many_through_machine_code():
    model = load([20, 30, 4], engine="numpy")
    x = rows(1000, 20)
    run = Auto(plan(model.graph))
    assert same_bits(run(x), model(x))
    assert run.reason == "there was too little to do so far"
    for _ in range(2):
        run(x)
    assert run.wait()
    assert run.reason == ""
    assert same_bits(run(x), compiled([20, 30, 4])(x))


def test_where_numba_is_installed_it_is_chosen_and_can_be_overridden():
    assert load([2, 1], engine=None).choice.engine.name == "auto"
    assert load([2, 1], engine="numpy").choice.engine.name == "numpy"


def test_auto_is_an_engine_and_numpy_for_a_little_work():
    x = rows(5, 2)
    assert same_bits(load([2, 1], engine="auto")(x), load([2, 1], engine="numpy")(x))


def test_without_numba_the_engine_says_what_to_install(monkeypatch):
    monkeypatch.setattr(engine, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"nnspec\[fast\]"):
        load([2, 2]).program("outputs")
