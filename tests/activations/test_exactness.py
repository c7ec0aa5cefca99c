"""Every built-in activation is within 2 ulp of the exact result, over the whole of both types."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import exactness
import reference

from nnspec.plugin.manager import load_plugins

BUILT_IN = {
    name: activation
    for name, activation in load_plugins().activations.items()
    if load_plugins().origins["activation", name].name == "nnspec"
}
REQUIRED = {"threshold": {"threshold": 0.1, "value": -2.0}}
PARAMETERS = {
    "celu": [{"alpha": 0.7}, {"alpha": 30.0}],
    "hard_sigmoid": [{"slope": 0.2, "offset": 0.3}],
    "hard_tanh": [{"min": -0.1, "max": 6.3}],
    "hard_shrink": [{"lambd": 0.1}],
    "soft_shrink": [{"lambd": 0.1}],
    "squareplus": [{"b": 1e-3}],
    "step": [{"theta": 0.1}],
    "leaky_relu": [{"negative_slope": 0.2}],
    "elu": [{"alpha": 0.3}],
    "silu": [{"beta": 1.7}, {"beta": -0.3}, {"beta": 0.0}],
    "softplus": [{"beta": 3.1}],
    "gelu": [{"approximate": "tanh"}, {"approximate": "sigmoid"}],
}
CASES = [
    pytest.param(name, dtype, given, id=f"{name}-{dtype.__name__}-{given or 'defaults'}")
    for name in BUILT_IN
    for dtype in (np.float32, np.float64)
    for given in (REQUIRED.get(name, {}), *PARAMETERS.get(name, []))
]


def test_every_built_in_has_a_reference():
    """A new activation needs one row in reference.py."""
    missing = set(BUILT_IN) - set(reference.ELEMENTWISE) - set(reference.ROWWISE)
    assert not missing, f"add to tests/activations/reference.py: {sorted(missing)}"
    rowwise = {name for name, activation in BUILT_IN.items() if activation.rowwise}
    assert rowwise == set(reference.ROWWISE)


@pytest.mark.parametrize(("name", "dtype", "given"), CASES)
def test_within_two_ulp_of_the_exact_result(name, dtype, given):
    activation = BUILT_IN[name]
    parameters = activation.complete(given)
    if activation.rowwise:
        found = max(
            exactness.worst_row(activation.function, name, row, **parameters) for row in rows(dtype)
        )
    else:
        x = exactness.grid(dtype, 300)
        found = exactness.worst(activation.function, name, x, **parameters)
    assert found.ulp <= 2, f"{name} is off by {found.ulp:.3g} ulp at {found.at!r}"


def rows(dtype):
    """Rows of ordinary numbers, of 1e4, of equal values, of one value, with steep falls."""
    rng = np.random.default_rng(0)
    chosen = [[3.0], [-1e4], [0.1] * 3, [1e4, 1e4, -1e4], [1e4] * 7, [0, -745, -103.5, -36]]
    chosen += [[1e-30, 1e-38, 0], [30, -30, 0.5], [0, -100, -200, -300], [50, 49, -690]]
    for width in (2, 5, 17, 100):
        chosen += [rng.normal(0, spread, width) for spread in (0.1, 3, 30, 300)]
    for row in chosen:
        yield np.asarray(row, dtype)
