"""The limits of rowwise activations: what infinities, ties and single values give."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec.plugin.manager import load_plugins

INF = float("inf")
ROWS = {
    "softmax": [
        ([INF, 0], [1, 0]),
        ([INF, INF, 0], [0.5, 0.5, 0]),
        ([-INF, 0, 0], [0, 0.5, 0.5]),
        ([-INF, -INF], [0.5, 0.5]),
        ([1e4, 1e4], [0.5, 0.5]),
        ([7], [1]),
    ],
    "softmin": [([-INF, 0], [1, 0]), ([INF, INF], [0.5, 0.5]), ([1e4, -1e4], [0, 1])],
    "log_softmax": [
        ([INF, 0], [0, -INF]),
        ([-INF, 0], [-INF, 0]),
        ([1e4, -1e4], [0, -2e4]),
        ([7], [0]),
    ],
    "hardmax": [([INF, 0], [1, 0]), ([1, 2, 2], [0, 1, 0]), ([-INF, -INF], [1, 0])],
    "sparsemax": [
        ([INF, 0], [1, 0]),
        ([-INF, -INF], [0.5, 0.5]),
        ([0.5, 0, -3], [0.75, 0.25, 0]),
        ([7], [1]),
    ],
}
CASES = [(name, *case) for name, cases in ROWS.items() for case in cases]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("name", "row", "expected"), CASES)
def test_limits_of_a_row(name, row, expected, dtype):
    function = load_plugins().activations[name].function
    with np.errstate(all="raise"):
        assert function(np.array(row, dtype)).tolist() == expected


def test_every_rowwise_built_in_has_its_limits_here():
    registry = load_plugins()
    built_in = {
        n for n in registry.activations if str(registry.origins["activation", n].name) == "nnspec"
    }
    assert set(ROWS) == {name for name in built_in if registry.activations[name].rowwise}


@pytest.mark.parametrize("name", ["softmax", "softmin", "sparsemax"])
def test_shares_add_up_to_one(name):
    x = np.random.default_rng(0).normal(0, 5, (50, 33))
    total = load_plugins().activations[name].function(x).sum(axis=-1)
    np.testing.assert_allclose(total, 1, rtol=1e-14)
