"""JAX on the CPU, with 64-bit types turned on."""

from __future__ import annotations

import numpy as np
from peers import flaws, limits
from peers.row import Row

SYSTEM = "JAX"
DTYPES = ("float32", "float64")

FLUSHED = {"absolute": 2e-31, "why": "XLA takes subnormal float32 numbers for zero"}
ERFC = {
    "relative": 600,
    "absolute": 1e-31,
    "why": "erfc(−x/√2) of the rounded quotient is off by x² ulp; subnormals are taken for zero",
    "wrong": limits.GATE,
}
GATE_FLUSHED = "a subnormal gate is taken for zero, then multiplied by x"
ROWS = [
    Row("nn.identity", "identity"),
    Row("nn.relu", "relu", **FLUSHED),
    Row("nn.relu6", "relu6", **FLUSHED),
    Row("nn.leaky_relu", "leaky_relu", **FLUSHED),
    Row("nn.elu", "elu", **FLUSHED),
    Row("nn.celu", "celu", **FLUSHED),
    Row("nn.celu", "celu", {"alpha": 2.0}, {"alpha": 2.0}, **FLUSHED),
    Row("nn.selu", "selu", **FLUSHED),
    Row("nn.gelu", "gelu", {}, {"approximate": "tanh"}, **{**flaws.TAIL, "absolute": 3}),
    Row("nn.gelu", "gelu", {"approximate": False}, **ERFC),
    Row("nn.sigmoid", "sigmoid", **FLUSHED),
    Row("nn.hard_sigmoid", "hard_sigmoid"),
    Row("nn.log_sigmoid", "log_sigmoid", **FLUSHED),
    Row("nn.tanh", "tanh"),
    Row("nn.hard_tanh", "hard_tanh", **FLUSHED),
    Row("nn.softplus", "softplus", **FLUSHED),
    Row("nn.soft_sign", "softsign", **FLUSHED, wrong=limits.SOFTSIGN),
    Row("nn.silu", "silu", absolute=1e-29, why=GATE_FLUSHED, wrong=limits.GATE),
    Row("nn.hard_swish", "hard_swish", **FLUSHED, wrong=limits.GATE),
    Row("nn.mish", "mish", absolute=1e-29, why=GATE_FLUSHED, wrong=limits.GATE),
    Row("nn.squareplus", "squareplus", **flaws.SQUAREPLUS),
    Row("nn.sparse_plus", "sparse_plus"),
    Row("nn.sparse_sigmoid", "sparse_sigmoid"),
    Row("numpy.exp", "exponential", **FLUSHED),
    Row("numpy.square", "square"),
    Row("numpy.reciprocal", "reciprocal", wrong={1e-38: 1e38, -1e-38: -1e38}),
    Row("numpy.sin", "sine"),
    Row("numpy.cos", "cosine"),
    Row("numpy.arctan", "arctan", factor=limits.TWO_OVER_PI),
    Row("nn.softmax", "softmax", absolute=1e-36, why=FLUSHED["why"], wrong=limits.SOFTMAX),
    Row("nn.log_softmax", "log_softmax", **flaws.LOG_SUM),
    Row("nn.glu", "glu", absolute=1e-29, why=GATE_FLUSHED, wrong=limits.GLU),
]


def _jax():
    import jax

    jax.config.update("jax_enable_x64", True)
    return jax


def version():
    return _jax().__version__


def offers():
    jax = _jax()
    return dir(jax.nn) + dir(jax.numpy)


def compute(row, x):
    return np.asarray(row.find(_jax())(x.copy()))
