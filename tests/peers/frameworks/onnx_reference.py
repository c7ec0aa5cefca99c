"""The reference evaluator of the onnx package; attributes are float32, constants often too."""

from __future__ import annotations

from peers import flaws, limits
from peers.onnx_model import SELU, one_operator, single
from peers.points import SLOPES
from peers.row import Row

SYSTEM = "ONNX"
DTYPES = ("float32", "float64")
SINGLE, DOUBLE = {"dtypes": ("float32",)}, {"dtypes": ("float64",)}

CONSTANTS = {"absolute": 4e8, "why": "constants are float32", "wrong": limits.GATE}
ROWS = [
    Row("Identity", "identity"),
    Row("Relu", "relu"),
    Row("Clip", "relu6", {"min": 0.0, "max": 6.0}),
    Row("LeakyRelu", "leaky_relu", {}, {"negative_slope": single(0.01)}),
    Row("LeakyRelu", "leaky_relu", {"alpha": 0.25}, {"negative_slope": 0.25}),
    Row("PRelu", "prelu", {"slope": 0.25}, {"alpha": 0.25}),
    Row("PRelu", "prelu", {"slope": SLOPES}, {"alpha": SLOPES}),
    Row("Elu", "elu"),
    Row("Elu", "elu", {"alpha": 0.5}, {"alpha": 0.5}),
    Row("Celu", "celu"),
    Row("Celu", "celu", {"alpha": 2.0}, {"alpha": 2.0}),
    Row("Selu", "selu", {}, SELU),
    Row("Gelu", "gelu", **flaws.TAIL, **SINGLE),
    Row("Gelu", "gelu", **CONSTANTS, **DOUBLE),
    Row("Gelu", "gelu", {"approximate": "tanh"}, {"approximate": "tanh"}, **flaws.TAIL, **SINGLE),
    Row("Gelu", "gelu", {"approximate": "tanh"}, {"approximate": "tanh"}, **CONSTANTS, **DOUBLE),
    Row("Sigmoid", "sigmoid"),
    Row("HardSigmoid", "hard_sigmoid", {}, {"slope": single(0.2)}),
    Row("Tanh", "tanh"),
    Row("Clip", "hard_tanh", {"min": -1.0, "max": 1.0}),
    Row("Softplus", "softplus"),
    Row("Softsign", "softsign", wrong=limits.SOFTSIGN),
    Row("Swish", "silu", **flaws.GATE_OVERFLOW),
    Row("Swish", "silu", {"alpha": 1.5}, {"beta": 1.5}, wrong=limits.GATE),
    Row("HardSwish", "hard_swish", wrong=limits.GATE, **SINGLE),
    Row("HardSwish", "hard_swish", **CONSTANTS, **DOUBLE),
    Row(
        "Mish",
        "mish",
        **flaws.SUBNORMAL_GATE,
    ),
    Row("Shrink", "hard_shrink", **flaws.NO_NAN),
    Row("Shrink", "soft_shrink", {"lambd": 2.0, "bias": 2.0}, {"lambd": 2.0}, **flaws.NO_NAN),
    Row("ThresholdedRelu", "thresholded_relu", **flaws.NO_NAN),
    Row("ThresholdedRelu", "thresholded_relu", {"alpha": 0.5}, {"theta": 0.5}, **flaws.NO_NAN),
    Row("Exp", "exponential"),
    Row("Reciprocal", "reciprocal"),
    Row("Sin", "sine"),
    Row("Cos", "cosine"),
    Row("Atan", "arctan", factor=limits.TWO_OVER_PI),
    Row("Softmax", "softmax", wrong=limits.SOFTMAX),
    Row(
        "LogSoftmax",
        "log_softmax",
        absolute=1,
        why="the logarithm of the rounded softmax",
        wrong=limits.LOG_OF_SOFTMAX,
    ),
    Row("Hardmax", "hardmax", wrong=limits.HARDMAX),
    Row("SwiGLU", "swiglu", {}, {"gate": "first"}, wrong=limits.swiglu(beta=1.0)),
    Row(
        "SwiGLU",
        "swiglu",
        {"alpha": 1.5},
        {"gate": "first", "beta": 1.5},
        wrong=limits.swiglu(beta=1.5),
    ),
]


def version():
    import onnx

    return onnx.__version__


def offers():
    import onnx

    return [schema.name for schema in onnx.defs.get_all_schemas()]


def compute(row, x):
    from onnx.reference import ReferenceEvaluator

    return ReferenceEvaluator(one_operator(row, x)).run(None, {"x": x})[0]
