"""Keras 3 with its NumPy backend: functions of keras.activations and keras.ops, and layers.

Without TensorFlow, Keras computes in float32 what it is given in float64. Its NumPy backend needs
SciPy and JAX to be imported at all.
"""

from __future__ import annotations

import os

import numpy as np
from peers import flaws, limits
from peers.row import Row

SYSTEM = "Keras"
DTYPES = ("float32",)
A = "activations"

TAU = "τ is the sum of all partial sums where the last of them belongs"
ROWS = [
    Row(f"{A}.linear", "identity"),
    Row(f"{A}.relu", "relu"),
    Row("layers.ReLU", "relu"),
    Row(f"{A}.relu6", "relu6"),
    Row(f"{A}.leaky_relu", "leaky_relu", {}, {"negative_slope": 0.2}),
    Row("layers.LeakyReLU", "leaky_relu", {}, {"negative_slope": 0.3}),
    Row(f"{A}.leaky_relu", "leaky_relu", {"negative_slope": 0.01}),
    Row("layers.PReLU", "prelu", {}, {"alpha": 0.0}),
    Row(f"{A}.elu", "elu"),
    Row(f"{A}.elu", "elu", {"alpha": 0.7}, {"alpha": 0.7}),
    Row(f"{A}.celu", "celu"),
    Row(f"{A}.celu", "celu", {"alpha": 2.0}, {"alpha": 2.0}),
    Row(f"{A}.selu", "selu"),
    Row(f"{A}.gelu", "gelu", **flaws.TAIL),
    Row("ops.gelu", "gelu", {}, {"approximate": "tanh"}, **flaws.TAIL),
    Row(f"{A}.sigmoid", "sigmoid", **flaws.OVERFLOW),
    Row(f"{A}.hard_sigmoid", "hard_sigmoid"),
    Row(f"{A}.log_sigmoid", "log_sigmoid"),
    Row(f"{A}.tanh", "tanh"),
    Row(f"{A}.hard_tanh", "hard_tanh"),
    Row(f"{A}.softplus", "softplus"),
    Row(f"{A}.softsign", "softsign", wrong=limits.SOFTSIGN),
    Row(f"{A}.silu", "silu", **flaws.GATE_OVERFLOW),
    Row(f"{A}.hard_swish", "hard_swish", wrong=limits.GATE),
    Row(
        f"{A}.mish",
        "mish",
        **flaws.SUBNORMAL_GATE,
    ),
    Row(f"{A}.soft_shrink", "soft_shrink", **flaws.NO_NAN),
    Row(f"{A}.soft_shrink", "soft_shrink", {"threshold": 2.0}, {"lambd": 2.0}, **flaws.NO_NAN),
    Row(f"{A}.hard_shrink", "hard_shrink", **flaws.NO_NAN),
    Row(f"{A}.hard_shrink", "hard_shrink", {"threshold": 2.0}, {"lambd": 2.0}, **flaws.NO_NAN),
    Row(f"{A}.tanh_shrink", "tanh_shrink", **flaws.DIFFERENCE),
    Row(
        f"{A}.threshold",
        "threshold",
        {"threshold": 0.25, "default_value": -2.0},
        {"threshold": 0.25, "value": -2.0},
        **flaws.NO_NAN,
    ),
    Row(f"{A}.squareplus", "squareplus", **flaws.SQUAREPLUS),
    Row(
        f"{A}.squareplus",
        "squareplus",
        {"b": 0.5},
        {"b": 0.5},
        **flaws.SQUAREPLUS,
    ),
    Row(f"{A}.sparse_plus", "sparse_plus"),
    Row(f"{A}.sparse_sigmoid", "sparse_sigmoid"),
    Row(f"{A}.exponential", "exponential"),
    Row("ops.heaviside", "step", {"x2": 0.0}),
    Row("ops.square", "square"),
    Row("ops.reciprocal", "reciprocal"),
    Row("ops.sin", "sine"),
    Row("ops.cos", "cosine"),
    Row("ops.arctan", "arctan", factor=limits.TWO_OVER_PI),
    Row(f"{A}.softmax", "softmax", wrong=limits.SOFTMAX),
    Row(f"{A}.log_softmax", "log_softmax", **flaws.LOG_SUM),
    Row(f"{A}.sparsemax", "sparsemax", why=TAU, wrong=limits.SPARSEMAX),
    Row(f"{A}.glu", "glu", wrong=limits.GLU),
]


def _keras():
    os.environ["KERAS_BACKEND"] = "numpy"
    import keras

    if keras.backend.backend() != "numpy":
        raise RuntimeError("keras was imported with another backend before")
    return keras


def version():
    return _keras().__version__


def offers():
    keras = _keras()
    return dir(keras.activations) + dir(keras.ops)


def compute(row, x):
    # sparsemax alone answers in float64
    return np.asarray(row.find(_keras())(x.copy()), x.dtype)
