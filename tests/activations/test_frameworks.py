"""Every activation agrees with the frameworks that have it, by tables of what these answered.

The tables are made by tests/peers/compute.py and checked by `make peers`; no framework is needed
here. A row of tests/peers/frameworks says how far the framework itself may be off, where it is
plainly wrong, and which parameters make nnspec the same function. Zeros are compared without
their signs.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from mpmath import mp

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))
import exactness
import reference
from peers import tables
from peers.points import KINDS, kind, points
from peers.row import Row

from nnspec.folder import modules
from nnspec.plugin.manager import load_plugins

FRAMEWORKS = {tables.name(one): one for one in modules("peers.frameworks")}
TABLES = {name: tables.read(name) for name in FRAMEWORKS}
CASES = [
    pytest.param(name, key, row, id=f"{name}-{key}")
    for name, framework in FRAMEWORKS.items()
    for key, row in tables.by_key(framework).items()
]
ROWS = [
    pytest.param(name, row, id=f"{name}-{row.key}-{'-'.join(row.dtypes)}")
    for name, framework in FRAMEWORKS.items()
    for row in framework.ROWS
]


def gated(share):
    """Give the exact function of a row whose values are multiplied by a share of the gates."""

    def exact(row, gate, **parameters):
        first, last = row[: len(row) // 2], row[len(row) // 2 :]
        values, gates = (first, last) if gate == "last" else (last, first)
        return [x * share(y, **parameters) for x, y in zip(values, gates, strict=True)]

    return exact


GATED = {"glu": gated(reference.sigma), "swiglu": gated(reference.silu)}
EXACT = {
    **reference.ELEMENTWISE,
    **reference.ROWWISE,
    "mish": lambda x: x * mp.tanh(mp.log1p(mp.exp(x))),
    **GATED,
}


def those(cases, wanted):
    return [case for case in cases if wanted(case.values[-1])]


def inputs(row, dtype):
    return points(dtype, kind(load_plugins().activations[row.name], row.parameters))


def ours(row, dtype, **parameters):
    activation = load_plugins().activations[row.name]
    given = activation.complete({**row.parameters, **parameters})
    return activation.function(inputs(row, dtype), **given)


def theirs(name, key, row):
    return TABLES[name][key].astype(np.float64) * row.factor


def dtypes(name, row):
    return row.dtypes or FRAMEWORKS[name].DTYPES


def places_of(at, x):
    """Which of the inputs are this number, or this row."""
    same = (x == np.asarray(at, x.dtype)) | (np.isnan(x) & np.isnan(at))
    return np.flatnonzero(same if x.ndim == 1 else same.all(axis=-1))


def far(theirs, ours, bound):
    """Where two results are further apart than the bound, or only one is NaN or infinite."""
    ours = ours.astype(np.float64)
    with np.errstate(invalid="ignore"):
        near = (theirs == ours) | (np.abs(theirs - ours) <= bound)
    return ~(near | (np.isnan(theirs) & np.isnan(ours)))


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_the_table_is_of_these_rows_and_inputs(name):
    table = dict(TABLES[name])
    assert table.pop("version").ndim == 0
    for dtype in FRAMEWORKS[name].DTYPES:
        for one in KINDS:
            asked, now = table.pop(f"{one}/{dtype}"), points(dtype, one)
            np.testing.assert_array_equal(asked, now, "write the tables anew: tests/peers")
    assert table.keys() == tables.by_key(FRAMEWORKS[name]).keys()


@pytest.mark.parametrize(("name", "key", "row"), CASES)
def test_agrees_within_the_error_of_the_framework(name, key, row):
    dtype = key.rpartition("/")[2]
    x, got = inputs(row, dtype), ours(row, dtype)
    off = far(theirs(name, key, row), got, row.bound(got, dtype))
    for at in row.wrong:
        off[places_of(at, x)] = False
    where = off if x.ndim == 1 else off.any(axis=-1)
    assert not off.any(), f"{x[where]}: {theirs(name, key, row)[where]}, but nnspec {got[where]}"


@pytest.mark.parametrize(("name", "row"), those(ROWS, lambda row: row.wrong))
def test_has_the_right_value_where_the_framework_has_not(name, row):
    """And the framework has not, in one of its types at least: else it is no longer wrong."""
    for at, right in row.wrong.items():
        disagree = []
        for dtype in dtypes(name, row):
            [place] = places_of(at, inputs(row, dtype))
            got, right_here = ours(row, dtype)[place], np.asarray(right, np.float64)
            bound = Row("", "").bound(right_here, dtype)
            assert not far(right_here, np.asarray(got), bound).any(), f"{at}: {got}, not {right}"
            answer = np.asarray(theirs(name, f"{row.key}/{dtype}", row)[place])
            disagree.append(far(answer, right_here, bound).any())
        assert any(disagree), f"the framework is right at {at}"


WIDE = those(ROWS, lambda row: (row.relative, row.absolute) != (Row.relative, Row.absolute))


@pytest.mark.parametrize(("name", "row"), WIDE)
def test_a_wide_bound_is_the_framework_s_error_and_not_ours(name, row):
    """Where they part, nnspec is within 2 ulp of mpmath; and the bound has less than 30 × in hand."""
    assert row.why
    reached, parted = 0.0, 0
    for dtype in dtypes(name, row):
        x, got = inputs(row, dtype), ours(row, dtype)
        answer, bound = theirs(name, f"{row.key}/{dtype}", row), row.bound(got, dtype)
        off = far(answer, got, Row("", "").bound(got, dtype))
        off[~np.isfinite(x if x.ndim == 1 else abs(x).max(axis=-1))] = False
        for at in row.wrong:
            off[places_of(at, x)] = False
        parted += off.sum()
        with np.errstate(invalid="ignore"):
            reached = max(reached, np.max((np.abs(answer - got) / bound)[off], initial=0.0))
        for place in np.argwhere(off):
            error = exactness.error(got[tuple(place)].item(), exact(row, x, place), dtype)
            assert error <= 2, f"nnspec is off by {error:.3g} ulp at {x[place[0]]}"
    assert parted, "the usual bound would do"
    assert reached > 1 / 30, f"a {1 / reached:.0f} times narrower bound would do"


def exact(row, x, place):
    parameters = load_plugins().activations[row.name].complete(row.parameters)
    if x.ndim == 1:
        return EXACT[row.name](mp.mpf(x[place[0]].item()), **parameters)
    values = EXACT[row.name]([mp.mpf(one) for one in x[place[0]].tolist()], **parameters)
    return values[place[1]]


DEFAULTS = those(ROWS, lambda row: row.parameters and not row.arguments)


@pytest.mark.parametrize(("name", "row"), DEFAULTS)
def test_where_defaults_differ_the_values_do_and_the_documentation_says_so(name, row):
    defaults = load_plugins().activations[row.name].complete({})
    parted = []
    for dtype in dtypes(name, row):
        got = ours(row, dtype, **defaults)
        answer = theirs(name, f"{row.key}/{dtype}", row)
        parted.append(far(answer, got, row.bound(got, dtype)).any())
    system, elsewhere = FRAMEWORKS[name].SYSTEM, load_plugins().activations[row.name].elsewhere
    # the attributes of ONNX are float32, which shows in float64 alone
    assert any(parted) or "float64" not in dtypes(name, row)
    assert any(system in key for key in elsewhere), f"elsewhere of {row.name} lacks {system}"


@pytest.mark.parametrize(("name", "row"), those(ROWS, lambda row: row.name in GATED))
def test_the_other_half_as_the_gate_is_another_function(name, row):
    """So that a row says which half a framework takes: the one of nnspec's default, or not."""
    other = "last" if row.parameters.get("gate", "last") == "first" else "first"
    for dtype in dtypes(name, row):
        got = ours(row, dtype, gate=other)
        off = far(theirs(name, f"{row.key}/{dtype}", row), got, row.bound(got, dtype))
        assert off[places_of((0.3, 2.9, 4.0, -1.0), inputs(row, dtype))].all()
    system, elsewhere = FRAMEWORKS[name].SYSTEM, load_plugins().activations[row.name].elsewhere
    assert any(system in key for key in elsewhere), f"elsewhere of {row.name} lacks {system}"


@pytest.mark.parametrize(("name", "row"), those(ROWS, lambda row: row.factor != 1))
def test_where_definitions_differ_by_a_factor_the_values_do(name, row):
    for dtype in dtypes(name, row):
        got = ours(row, dtype)
        assert far(TABLES[name][f"{row.key}/{dtype}"], got, row.bound(got, dtype)).any()
