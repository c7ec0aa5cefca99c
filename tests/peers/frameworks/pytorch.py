"""PyTorch on the CPU."""

from __future__ import annotations

from dataclasses import replace

from peers import flaws, limits
from peers.points import INF, SLOPES
from peers.row import Row

SYSTEM = "PyTorch"
DTYPES = ("float32", "float64")
F = "nn.functional"

SINGLE_TAIL = {**flaws.TAIL, "absolute": 6, "wrong": {**limits.GATE, INF: INF}}
THRESHOLD = "x itself from threshold=20 on"
NOT_HERE = {"bilinear": "a layer of two inputs with its own weights, not a gated unit"}
ROWS = [
    Row("nn.Identity", "identity"),
    Row(f"{F}.relu", "relu"),
    Row(f"{F}.relu6", "relu6"),
    Row(f"{F}.leaky_relu", "leaky_relu"),
    Row(f"{F}.leaky_relu", "leaky_relu", {"negative_slope": 0.3}, {"negative_slope": 0.3}),
    Row(f"{F}.rrelu", "rrelu"),
    Row("nn.PReLU", "prelu", dtypes=("float32",)),
    Row(f"{F}.prelu", "prelu", {"weight": (0.25,)}, {"alpha": 0.25}),
    Row(f"{F}.prelu", "prelu", {"weight": SLOPES}, {"alpha": SLOPES}),
    Row(f"{F}.elu", "elu"),
    Row(f"{F}.elu", "elu", {"alpha": 0.7}, {"alpha": 0.7}),
    Row(f"{F}.celu", "celu"),
    Row(f"{F}.celu", "celu", {"alpha": 2.0}, {"alpha": 2.0}),
    Row(f"{F}.selu", "selu"),
    Row(f"{F}.gelu", "gelu", **SINGLE_TAIL),
    Row(f"{F}.gelu", "gelu", {"approximate": "tanh"}, {"approximate": "tanh"}, **flaws.TAIL),
    Row(f"{F}.sigmoid", "sigmoid", **flaws.OVERFLOW),
    Row(f"{F}.hardsigmoid", "hard_sigmoid"),
    Row(f"{F}.logsigmoid", "log_sigmoid"),
    Row(f"{F}.tanh", "tanh"),
    Row(f"{F}.hardtanh", "hard_tanh"),
    Row(f"{F}.hardtanh", "hard_tanh", {"min_val": -2.0, "max_val": 0.5}, {"min": -2.0, "max": 0.5}),
    Row(f"{F}.softplus", "softplus", dtypes=("float32",)),
    Row(f"{F}.softplus", "softplus", absolute=6e6, why=THRESHOLD, dtypes=("float64",)),
    Row(f"{F}.softplus", "softplus", {"beta": 2.0, "threshold": 40.0}, {"beta": 2.0}),
    Row(f"{F}.softsign", "softsign", wrong=limits.SOFTSIGN),
    Row(f"{F}.silu", "silu", **flaws.GATE_OVERFLOW),
    Row(f"{F}.hardswish", "hard_swish", wrong=limits.GATE),
    Row(
        f"{F}.mish",
        "mish",
        **flaws.SUBNORMAL_GATE,
    ),
    Row(f"{F}.softshrink", "soft_shrink"),
    Row(f"{F}.softshrink", "soft_shrink", {"lambd": 2.0}, {"lambd": 2.0}),
    Row(f"{F}.hardshrink", "hard_shrink"),
    Row(f"{F}.hardshrink", "hard_shrink", {"lambd": 2.0}, {"lambd": 2.0}),
    Row(f"{F}.tanhshrink", "tanh_shrink", **flaws.DIFFERENCE),
    Row(
        f"{F}.threshold",
        "threshold",
        {"threshold": 0.25, "value": -2.0},
        {"threshold": 0.25, "value": -2.0},
    ),
    Row("exp", "exponential"),
    Row("square", "square"),
    Row("reciprocal", "reciprocal"),
    Row("sin", "sine"),
    Row("cos", "cosine"),
    Row("atan", "arctan", factor=limits.TWO_OVER_PI),
    Row(f"{F}.softmax", "softmax", {"dim": -1}, wrong=limits.SOFTMAX),
    Row(f"{F}.log_softmax", "log_softmax", {"dim": -1}, **flaws.LOG_SUM),
    Row(f"{F}.softmin", "softmin", {"dim": -1}, wrong=limits.SOFTMIN),
    Row(f"{F}.glu", "glu", wrong=limits.GLU),
]


def version():
    import torch

    return torch.__version__


def offers():
    import torch

    return {*dir(torch), *dir(torch.nn.functional)} - NOT_HERE.keys()


def compute(row, x):
    import torch

    x = torch.from_numpy(x.copy())
    arguments = {
        name: torch.tensor(one, dtype=x.dtype) if isinstance(one, tuple) else one
        for name, one in row.arguments.items()
    }
    with torch.no_grad():
        return replace(row, arguments=arguments).find(torch)(x).numpy()
