"""Every activation on 1,000 × 1,000 numbers: a millisecond is a nanosecond an element."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec.plugin.manager import load_plugins

ACTIVATIONS = load_plugins().activations


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_activation(benchmark, name, dtype):
    activation = ACTIVATIONS[name]
    given = dict.fromkeys(activation.required, 0.5)
    x = np.random.default_rng(0).normal(0, 3, (1000, 1000)).astype(dtype)
    benchmark.group = f"activations, {dtype}: a ms of the table is a ns an element"
    with np.errstate(all="ignore"):
        benchmark.pedantic(
            activation.function, (x,), activation.complete(given), rounds=5, warmup_rounds=1
        )
