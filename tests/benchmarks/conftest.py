"""What the measurements share: networks with initial weights, and the engines that are installed."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest
import yaml

import nnspec

ENGINES = ["numpy", *(["numba"] if find_spec("numba") else [])]


@pytest.fixture(params=ENGINES)
def engine(request):
    return request.param


@pytest.fixture
def program(engine):
    """Compile a network of some layers, and wait until its engine is warm."""

    def make(size, layers, outputs, task="multiclass"):
        spec = {
            "nnspec": 1,
            "task": task,
            "input": size,
            "layers": layers,
            "output": outputs,
            "weights": {"init": "glorot_normal", "seed": 0},
        }
        model = nnspec.loads(yaml.safe_dump(spec), engine=engine, deterministic=True)
        return model.program("outputs")

    return make


@pytest.fixture
def rows():
    """Give rows of normal numbers."""
    return lambda count, size: np.random.default_rng(0).standard_normal((count, size), np.float32)
