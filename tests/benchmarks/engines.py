"""Time the engines and their peers on whole networks, side by side.

    python tests/benchmarks/engines.py [ROWS...]

What is installed takes part: the engines numpy and numba, ONNX Runtime, and NumPy by hand, which
is always there. They take turns, with a pause before each in which spinning threads go to sleep.
A cell is the median of the turns in µs, then the smallest; the last columns are the ratio of the
numba engine's (else the numpy engine's) smallest to the best of the peers', and the largest
difference of its outputs from float64.
"""

from __future__ import annotations

import math
import statistics
import sys
import time
from importlib.util import find_spec

import numpy as np

import nnspec

SHAPES = ((784, 50, 100, 10), (96, 384, 384, 192, 7), (768, 1536, 768, 12))
ACTIVATIONS = {
    "sigmoid": "sigmoid",
    "relu": "relu",
    "gelu": "gelu",
    "gelu tanh": "{name: gelu, approximate: tanh}",
    "silu": "silu",
    "tanh": "tanh",
}
ROWS = (1, 16, 64, 1024, 20000)
TURNS, PAUSE, ENOUGH = 7, 0.06, 0.03
OURS = ("numba", "numpy")


def spec(sizes, activation, dtype="float32"):
    """Write the spec of a network with initial weights."""
    layers = ", ".join(f"{{size: {size}, activation: {activation}}}" for size in sizes[1:-1])
    return (
        f"nnspec: 1\ntask: multiclass\ndtype: {dtype}\ninput: {sizes[0]}\nlayers: [{layers}]\n"
        f"output: {sizes[-1]}\nweights: {{init: glorot_normal, seed: 0}}\n"
    )


def pairs(model):
    """Give (weight, bias) of every layer, in order."""
    nodes = [node for node in model.graph.nodes if node.op.name == "affine"]
    return [(node.settings["weight"], node.settings["bias"]) for node in nodes]


def by_hand(model, activation, name):
    """Write the same network as a person would in NumPy."""
    *hidden, (weight, bias) = pairs(model)
    functions = {
        "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
        "relu": lambda x: np.maximum(x, 0),
        "gelu tanh": lambda x: 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x * x * x))),
        "silu": lambda x: x / (1 + np.exp(-x)),
        "tanh": np.tanh,
    }
    # NumPy has no erf: a person takes the function of this library
    function = functions.get(name) or nnspec.activation(activation)

    def run(x):
        for w, b in hidden:
            x = function(x @ w + b)
        x = x @ weight + bias
        e = np.exp(x - x.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    return run


def onnxruntime(model, name):
    """Write the same network in ONNX, and load it as its documentation says."""
    import onnxruntime as ort
    from onnx import TensorProto, helper, numpy_helper

    nodes, arrays, here = [], [], "x"
    layers = pairs(model)
    for k, (weight, bias) in enumerate(layers):
        arrays += [numpy_helper.from_array(weight, f"w{k}"), numpy_helper.from_array(bias, f"b{k}")]
        nodes.append(helper.make_node("Gemm", [here, f"w{k}", f"b{k}"], [f"z{k}"]))
        here = f"a{k}"
        if k == len(layers) - 1:
            nodes.append(helper.make_node("Softmax", [f"z{k}"], [here]))
        elif name == "silu":
            nodes.append(helper.make_node("Sigmoid", [f"z{k}"], [f"s{k}"]))
            nodes.append(helper.make_node("Mul", [f"z{k}", f"s{k}"], [here]))
        elif name.startswith("gelu"):
            form = "tanh" if name.endswith("tanh") else "none"
            nodes.append(helper.make_node("Gelu", [f"z{k}"], [here], approximate=form))
        else:
            nodes.append(helper.make_node(name.capitalize(), [f"z{k}"], [here]))
    value = helper.make_tensor_value_info
    ends = [value(end, TensorProto.FLOAT, [None, None]) for end in ("x", here)]
    graph = helper.make_graph(nodes, "g", [ends[0]], [ends[1]], arrays)
    proto = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    session = ort.InferenceSession(proto.SerializeToString(), providers=["CPUExecutionProvider"])
    return lambda x: session.run(None, {"x": x})[0]


def runners(text, name):
    """Give what takes part, by name."""
    found = {}
    for engine in OURS:
        if engine == "numpy" or find_spec(engine) is not None:
            found[engine] = nnspec.loads(text, engine=engine).program("outputs")
    if "numba" in found and not found["numba"].wait():
        sys.exit(f"not compiled: {found['numba'].reason}")
    model = nnspec.loads(text, engine="numpy")
    if find_spec("onnxruntime") is not None:
        found["onnxruntime"] = onnxruntime(model, name)
    return found | {"by hand": by_hand(model, "gelu", name)}


def timed(run, x):
    """Give seconds a call, over enough calls to see them."""
    calls, start = 0, time.perf_counter()
    while calls < 2 or time.perf_counter() - start < ENOUGH:
        run(x)
        calls += 1
    return (time.perf_counter() - start) / calls


def main(counts):
    """Print a line for each network and number of rows, and the geometric mean of the ratios."""
    ratios = []
    for sizes in SHAPES:
        for name, activation in ACTIVATIONS.items():
            found = runners(spec(sizes, activation), name)
            exact = nnspec.loads(spec(sizes, activation, "float64"), engine="numpy")
            for rows in counts:
                x = np.random.default_rng(0).standard_normal((rows, sizes[0]), np.float32)
                turns = {key: [] for key in found}
                for _ in range(TURNS):
                    for key, run in found.items():
                        time.sleep(PAUSE)
                        turns[key].append(timed(run, x))
                ours = next(key for key in OURS if key in found)
                best = min(min(turn) for key, turn in turns.items() if key not in OURS)
                ratios.append(min(turns[ours]) / best)
                gap = np.abs(found[ours](x[:64]) - exact(x[:64])).max()
                cells = "  ".join(
                    f"{key} {statistics.median(turn) * 1e6:.1f} {min(turn) * 1e6:.1f}"
                    for key, turn in turns.items()
                )
                network = f"{'-'.join(map(str, sizes))} {name}"
                print(f"{network:31} {rows:6}  {cells}  ratio {ratios[-1]:.2f}  off by {gap:.0e}")
    mean = math.exp(statistics.fmean(map(math.log, ratios)))
    print(f"{ours}: geometric mean of the ratios {mean:.2f}, largest {max(ratios):.2f}")


if __name__ == "__main__":
    main([int(rows) for rows in sys.argv[1:]] or ROWS)
