"""The NumPy engine: a row has the same bits anywhere, threads do not meet, data stay untouched."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import yaml

import nnspec
from nnspec.engines.numpy import threads
from nnspec.engines.numpy.blocks import BLOCK, blocks, multiply
from nnspec.errors import PluginError
from nnspec.graph.ir import Graph, Node, Value
from nnspec.ops.activate import ACTIVATE
from nnspec.plan import plan
from nnspec.plugin.activation import Activation
from nnspec.plugin.manager import load_plugins

COMPILE = load_plugins().engines["numpy"].compile
SHAPES = [
    [784, 50, 100, 10],
    [1, 1],
    [1, 7, 1],
    [5, 1],
    [3, 16, 16, 2],
    [33, 8, 9],
    [100, 500, 3],
    [257, 100, 50],
    [400, 64, 1],
]


def load(sizes, dtype="float32", activation="sigmoid", task="multiclass", **parts):
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
    return nnspec.loads(yaml.safe_dump(spec), engine="numpy")


def same_bits(a, b):
    return a.tobytes() == b.tobytes()


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("sizes", SHAPES, ids=lambda sizes: "-".join(map(str, sizes)))
def test_a_row_has_the_same_bits_alone_in_any_batch_and_at_any_place(sizes, dtype):
    net = load(sizes, dtype, task="regression")
    rng = np.random.default_rng(1)
    x = rng.standard_normal((300, sizes[0])).astype(dtype)
    y = net(x)
    for k in (0, 1, 5, 6, 63, 64, 127, 128, 255, 256, 299):
        assert same_bits(net(x[k : k + 1]), y[k : k + 1])
    for start, stop in ((0, 100), (7, 71), (13, 300), (1, 2), (200, 264)):
        assert same_bits(net(x[start:stop]), y[start:stop])
    order = rng.permutation(len(x))
    assert same_bits(net(x[order]), np.ascontiguousarray(y[order]))


def test_a_row_has_the_same_bits_in_ten_thousand():
    net = load([784, 50, 100, 10])
    x = np.random.default_rng(2).standard_normal((10_000, 784)).astype("f4")
    y = net(x)
    assert same_bits(np.concatenate([net(x[k : k + 100]) for k in range(0, 10_000, 100)]), y)
    assert same_bits(
        np.concatenate([net(x[k : k + 1]) for k in range(0, 10_000, 997)]),
        np.ascontiguousarray(y[::997]),
    )


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_rows_of_nan_and_infinity_change_no_neighbour(dtype):
    layers = [
        {"size": 9, "activation": "silu"},
        {"type": "layernorm"},
        {"size": 20},
        {"type": "rmsnorm"},
    ]
    net = load([33, 4], dtype, layers=layers)
    x = np.random.default_rng(3).standard_normal((100, 33)).astype(dtype)
    y = net(x)
    spoilt = x.copy()
    spoilt[::3] = np.nan
    spoilt[1::3] = np.inf
    spoilt[4::9, 0] = -np.inf
    assert same_bits(np.ascontiguousarray(net(spoilt)[2::3]), np.ascontiguousarray(y[2::3]))


def test_no_rows_give_no_rows():
    assert load([3, 2])(np.empty((0, 3), "f4")).shape == (0, 2)


@pytest.mark.parametrize("rows", [1, 63, 64, 65, 200])
def test_the_input_is_only_read_and_may_be_read_only(rows):
    net = load([3, 3], layers=[{"type": "activation", "activation": "relu"}, {"type": "batchnorm"}])
    x = np.random.default_rng(0).standard_normal((rows, 3)).astype("f4")
    before = x.copy()
    net(x)
    assert same_bits(x, before)
    x.flags.writeable = False
    net(x)


def test_a_network_that_does_nothing_gives_a_copy():
    x = np.ones((3, 2), "f4")
    y = load([2, 2]).layer("input", x)
    assert same_bits(y, x)
    assert not np.shares_memory(y, x)


def test_a_result_stays_what_it_was_when_the_engine_runs_again():
    net = load([4, 5, 3])
    x = np.random.default_rng(0).standard_normal((70, 4)).astype("f4")
    first = net(x)
    kept = first.copy()
    net(x + 1)
    assert same_bits(first, kept)


def test_many_threads_may_call_it_at_once():
    net = load([50, 80, 60, 5])
    rng = np.random.default_rng(4)
    data = [rng.standard_normal((int(n), 50)).astype("f4") for n in rng.integers(1, 300, 60)]
    expected = [net(x) for x in data]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            for y, right in zip(pool.map(net, data), expected, strict=True):
                assert same_bits(y, right)


def single(activation, size=2, dtype="float32"):
    x, y = Value("x", size), Value("y", size)
    node = Node(ACTIVATE, (x,), y, "y", {"activation": activation, "parameters": {}})
    return COMPILE(plan(Graph("g", dtype, x, (node,), y)))


def test_an_activation_that_warns_warns_nobody():
    run = single(Activation("log", np.log))
    assert run(np.array([[0.0, -1.0]], "f4"))[0, 0] == -np.inf


def test_an_activation_that_writes_to_its_input_is_named_and_the_data_stay_whole():
    def spoil(x):
        x *= 2
        return x

    x = np.ones((100, 2), "f4")
    with pytest.raises(PluginError, match="'spoil' failed"):
        single(Activation("spoil", spoil))(x)
    assert (x == 1).all()


def test_a_run_that_failed_leaves_the_engine_usable():
    broken = [True]

    def function(x):
        if broken[0]:
            raise RuntimeError("not now")
        return x + 1

    run = single(Activation("f", function))
    with pytest.raises(PluginError, match="not now"):
        run(np.ones((1, 2), "f4"))
    broken[0] = False
    assert run(np.ones((1, 2), "f4")).tolist() == [[2.0, 2.0]]


@pytest.mark.parametrize("rows", [1, 2, 8, BLOCK])
def test_a_product_in_blocks_is_the_product(rows):
    rng = np.random.default_rng(0)
    x, w = rng.standard_normal((BLOCK, 30)), rng.standard_normal((30, 20))
    np.testing.assert_allclose(multiply(x, w, rows), x @ w, rtol=1e-12, atol=1e-12)


CORES = ["Haswell", "SkylakeX", "Sandybridge", "Nehalem"]
CODE = """
import numpy as np
from nnspec.engines.numpy.blocks import BLOCK, blocks, multiply
rng = np.random.default_rng(9)
for dtype in ("float32", "float64"):
    for depth, columns in ((784, 50), (50, 100), (8, 16), (100, 1), (257, 100), (64, 500), (2, 3)):
        w = rng.standard_normal((depth, columns)).astype(dtype)
        row = rng.standard_normal(depth).astype(dtype)
        found = blocks(depth, columns, dtype)
        for rows in found:
            y = multiply(np.tile(row, (rows, 1)), w, rows)
            assert (y == y[0]).all(), (dtype, depth, columns, rows)
            assert (y[0] == multiply(np.tile(row, (BLOCK, 1)), w, found[-1])[0]).all(), rows
print("alike")
"""


@pytest.mark.skipif(
    sys.platform != "linux", reason="OPENBLAS_CORETYPE chooses kernels on x86 Linux"
)
@pytest.mark.parametrize("core", CORES)
def test_all_places_of_a_tile_are_alike_with_the_kernels_of_other_machines(core):
    """OpenBLAS for AVX2 (Haswell) adds in two orders among twelve rows: blocks must be smaller."""
    environment = {**os.environ, "OPENBLAS_CORETYPE": core}
    done = subprocess.run(
        [sys.executable, "-c", CODE], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode < 0:
        pytest.skip(f"this machine cannot run the kernels for {core}")
    assert done.stdout == "alike\n", done.stderr


def test_a_block_is_a_part_of_the_tile():
    for depth, columns in ((784, 50), (1, 1), (257, 100)):
        assert BLOCK % blocks(depth, columns, "float32")[-1] == 0


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"cpu.max": "150000 100000"}, 2),
        ({"cpu.max": "max 100000"}, sys.maxsize),
        ({"cpu/cpu.cfs_quota_us": "50000", "cpu/cpu.cfs_period_us": "100000"}, 1),
        ({"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}, sys.maxsize),
        ({}, sys.maxsize),
    ],
)
def test_a_container_has_as_many_threads_as_it_has_time_for(files, expected, tmp_path, monkeypatch):
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text + "\n")
    monkeypatch.setattr(threads, "_GROUP", tmp_path)
    assert threads._quota() == expected


def test_omp_num_threads_is_obeyed(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "5,3")
    assert threads.cores.__wrapped__() == 5
