"""Every kind of layer between 384 features, on 1,024 rows."""

from __future__ import annotations

import pytest

SIZE = 384
DENSE = {"size": SIZE, "activation": "relu"}
LAYERS = {
    "dense": DENSE,
    "activation": {"type": "activation", "activation": "silu"},
    "softmax": {"type": "activation", "activation": "softmax"},
    "layernorm": {"type": "layernorm"},
    "rmsnorm": {"type": "rmsnorm"},
    "batchnorm": {"type": "batchnorm"},
    "affine": {"type": "affine"},
    "residual": {"type": "residual", "layers": [DENSE]},
    "concat": {"type": "concat", "layers": [DENSE]},
}


@pytest.mark.parametrize("kind", LAYERS)
def test_layer(benchmark, program, rows, engine, kind):
    # What is linear would be folded into a product beside it.
    around = {"type": "activation", "activation": "relu"}
    run = program(SIZE, [around, LAYERS[kind], around], 1, "regression")
    benchmark.group = f"layers, {engine}"
    benchmark(run, rows(1024, SIZE))
