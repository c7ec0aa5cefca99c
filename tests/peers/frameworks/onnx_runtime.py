"""ONNX Runtime on the CPU; it has many operators in float32 only."""

from __future__ import annotations

from peers import flaws, limits
from peers.onnx_model import SELU, one_operator, single
from peers.points import SLOPES
from peers.row import Row

SYSTEM = "ONNX"
DTYPES = ("float32", "float64")
SINGLE, DOUBLE = {"dtypes": ("float32",)}, {"dtypes": ("float64",)}

FAST_TANH = {**flaws.TAIL, "absolute": 3, **SINGLE}
CONSTANTS = {"absolute": 4e7, "why": "constants are float32", "wrong": limits.GATE, **DOUBLE}
DIFFERENCE = {"absolute": 1, "why": "exp(x) − 1 has no digits left where x is small", **SINGLE}
SUBNORMAL_GATE = {**flaws.SUBNORMAL_GATE, "absolute": 1e-33, **SINGLE}
COARSE = "an approximation of σ to one epsilon, and 0 in the tail"
NARROWED = {"relative": 1e9, "why": "float64 is computed in float32", **flaws.NO_NAN, **DOUBLE}
NOT_HERE = {"SwiGLU": "no kernel; its body is Swish, which is not implemented at opset 28 either"}
ROWS = [
    Row("Identity", "identity"),
    Row("Relu", "relu"),
    Row("Clip", "relu6", {"min": 0.0, "max": 6.0}),
    Row("LeakyRelu", "leaky_relu", {}, {"negative_slope": single(0.01)}, **SINGLE),
    Row("LeakyRelu", "leaky_relu", {"alpha": 0.25}, {"negative_slope": 0.25}, **SINGLE),
    Row("PRelu", "prelu", {"slope": 0.25}, {"alpha": 0.25}, **SINGLE),
    Row("PRelu", "prelu", {"slope": SLOPES}, {"alpha": SLOPES}, **SINGLE),
    Row("Elu", "elu", **DIFFERENCE),
    Row("Elu", "elu", {"alpha": 0.5}, {"alpha": 0.5}, **DIFFERENCE),
    Row("Celu", "celu", **DIFFERENCE),
    Row("Celu", "celu", {"alpha": 2.0}, {"alpha": 2.0}, **DIFFERENCE),
    Row("Selu", "selu", {}, SELU, **DIFFERENCE),
    Row("Gelu", "gelu", **flaws.TAIL, **SINGLE),
    Row("Gelu", "gelu", {"approximate": "tanh"}, {"approximate": "tanh"}, **FAST_TANH),
    Row("Gelu", "gelu", {"approximate": "tanh"}, {"approximate": "tanh"}, **CONSTANTS),
    Row("Sigmoid", "sigmoid", absolute=1, why=COARSE),
    Row("HardSigmoid", "hard_sigmoid", {}, {"slope": single(0.2)}, **SINGLE),
    Row("Tanh", "tanh", absolute=1e-36, why="a rational approximation, coarser where subnormal"),
    Row("Clip", "hard_tanh", {"min": -1.0, "max": 1.0}),
    Row("Softplus", "softplus", **SINGLE),
    Row("Softsign", "softsign", wrong=limits.SOFTSIGN, **SINGLE),
    Row("Swish", "silu", absolute=20, why=COARSE, wrong=limits.GATE),
    Row("Swish", "silu", {"alpha": 1.5}, {"beta": 1.5}, absolute=20, why=COARSE, wrong=limits.GATE),
    Row("HardSwish", "hard_swish", wrong=limits.GATE, **SINGLE),
    Row(
        "Mish",
        "mish",
        **SUBNORMAL_GATE,
    ),
    Row("Shrink", "hard_shrink", **flaws.NO_NAN, **SINGLE),
    Row("Shrink", "hard_shrink", **NARROWED),
    Row(
        "Shrink",
        "soft_shrink",
        {"lambd": 2.0, "bias": 2.0},
        {"lambd": 2.0},
        **flaws.NO_NAN,
        **SINGLE,
    ),
    Row("Shrink", "soft_shrink", {"lambd": 2.0, "bias": 2.0}, {"lambd": 2.0}, **NARROWED),
    Row("ThresholdedRelu", "thresholded_relu", **flaws.NO_NAN, **SINGLE),
    Row(
        "ThresholdedRelu",
        "thresholded_relu",
        {"alpha": 0.5},
        {"theta": 0.5},
        **flaws.NO_NAN,
        **SINGLE,
    ),
    Row("Exp", "exponential"),
    Row("Reciprocal", "reciprocal"),
    Row("Sin", "sine"),
    Row("Cos", "cosine", relative=10, why="a few ulp off"),
    Row("Atan", "arctan", factor=limits.TWO_OVER_PI, **SINGLE),
    Row("Softmax", "softmax", wrong=limits.SOFTMAX),
    Row("LogSoftmax", "log_softmax", **flaws.LOG_SUM),
    Row("Hardmax", "hardmax", wrong=limits.HARDMAX, **SINGLE),
]


def version():
    import onnxruntime

    return onnxruntime.__version__


def offers():
    import onnx

    return {schema.name for schema in onnx.defs.get_all_schemas()} - NOT_HERE.keys()


def compute(row, x):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        one_operator(row, x).SerializeToString(), options, ["CPUExecutionProvider"]
    )
    return session.run(None, {"x": x})[0]
