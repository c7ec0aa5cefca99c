"""nnspec computes all of the ONNX project's own test cases of activations.

The table is made by tests/peers/compute.py from onnx.backend.test; onnx is not needed here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from peers import limits, tables
from peers.onnx_nodes import express

from nnspec.plugin.manager import load_plugins

TABLE = tables.read("onnx_nodes")
CASES = json.loads(TABLE["cases"].item())
# The precision that a case's values are given in; the ONNX project itself asks for 1e-3.
PRECISION = {"float32": 2e-6, "int8": 0, "float16": 2**-10, "bfloat16": 2**-7}
NOT_HERE = {
    "test_identity_sequence": "its value is a sequence of tensors",
    "test_identity_opt": "its value is optional",
}


def test_every_case_is_computed_or_has_a_reason():
    assert len(CASES) == 87
    names = {express(one["operator"], one["attributes"])[0] for one in CASES.values()}
    assert names <= load_plugins().activations.keys()
    assert NOT_HERE.keys() <= CASES.keys()


def compute(case, x, activation, parameters):
    """Compute a case as a spec could: two inputs are one row, and slopes have a unit each."""
    if f"{case}/slope" in TABLE:
        alpha = np.broadcast_to(TABLE[f"{case}/slope"], x.shape).reshape(-1)
        return activation.function(x.reshape(-1), alpha=alpha).reshape(x.shape)
    if f"{case}/B" in TABLE:
        x = np.concatenate([x, TABLE[f"{case}/B"]], axis=-1)
    return activation.function(x, **activation.complete(parameters))


@pytest.mark.parametrize("case", [case for case in CASES if case not in NOT_HERE])
def test_case(case):
    about = CASES[case]
    name, parameters = express(about["operator"], about["attributes"])
    activation = load_plugins().activations[name]
    # a spec has rows only along the last axis, so another axis is moved there, and back
    axis = about["attributes"].get("axis", -1)
    x = np.moveaxis(TABLE[f"{case}/x"], axis, -1)
    y = compute(case, x, activation, parameters)
    precision = PRECISION[about["type"]]
    # nnspec's arctan goes from −1 to 1, as PMML has it
    expected = TABLE[f"{case}/y"] * (limits.TWO_OVER_PI if name == "arctan" else 1)
    np.testing.assert_allclose(np.moveaxis(y, -1, axis), expected, precision, precision / 20)
