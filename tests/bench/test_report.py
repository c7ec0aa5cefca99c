"""Medians, quartiles, ratios and their forms, computed by hand."""

from __future__ import annotations

import json

import pytest

from nnspec.bench import json as as_json
from nnspec.bench import text
from nnspec.bench.report import Cell, Report, geometric_mean
from nnspec.bench.worker import difference

CELLS = (
    Cell("numba", "engine", 1, (3e-6, 1e-6, 2e-6, 5e-6, 4e-6), 6000, 1e-7),
    Cell("numpy", "engine", 1, (9e-6,) * 5, 6000, 2e-7),
    Cell("torch", "peer", 1, (12e-6,) * 5, 6000, 3e-7),
    Cell("onnxruntime", "peer", 1, (6e-6,) * 5, 6000, 3e-7),
    Cell("matrix-products", "roof", 1, (1e-6,) * 5, 6000, None),
    Cell("numpy", "engine", 64, (40e-6,) * 5, 384_000, 2e-7),
    Cell("torch", "peer", 64, (20e-6,) * 5, 384_000, 3e-7),
)
REPORT = Report("net", "float32", 6000, 5, 2, CELLS, (("openvino", "not installed"),), ("so",))


def test_a_cell_has_its_median_quartiles_and_speed():
    cell = CELLS[0]
    assert cell.median == 3e-6
    assert cell.quartiles == pytest.approx((2e-6, 4e-6))
    assert cell.gflops == pytest.approx(2.0)
    assert Cell("a", "peer", 1, (2e-6,), 1, None).quartiles == (2e-6, 2e-6)


def test_ratios_are_of_the_fastest_engine_to_the_fastest_peer_the_roof_aside():
    one, many = REPORT.ratios
    assert (one.engine, one.peer, one.value) == ("numba", "onnxruntime", pytest.approx(0.5))
    assert (many.engine, many.peer, many.value) == ("numpy", "torch", pytest.approx(2.0))
    assert geometric_mean(REPORT.ratios) == pytest.approx(1.0)


def test_the_table_has_every_cell_its_ratio_and_who_is_missing():
    out = text.render(REPORT)
    rows = [line.split() for line in out.splitlines()]
    assert ["1", "numba", "3.00", "2.00", "…", "4.00", "2.0", "0.50", "1e-07"] in rows
    assert ["1", "matrix-products", "1.00", "1.00", "…", "1.00", "6.0", "0.17"] in rows
    assert ["64", "torch", "20.0", "20.0", "…", "20.0", "19.2", "1.00", "3e-07"] in rows
    assert "1 row: numba, our fastest, takes 0.50 of the time of onnxruntime" in out
    assert "64 rows: numpy, our fastest, takes 2.00 of the time of torch" in out
    assert "geometric mean 1.00, largest 2.00" in out
    assert "not measured: openvino: not installed" in out
    assert "note: so" in out


def test_json_has_the_seconds_of_every_turn():
    form = json.loads(as_json.render(REPORT))
    assert form["cells"][0]["seconds"] == [3e-6, 1e-6, 2e-6, 5e-6, 4e-6]
    assert form["cells"][4]["difference"] is None
    assert form["ratios"][0]["value"] == pytest.approx(0.5)
    assert form["left_out"] == [{"name": "openvino", "reason": "not installed"}]


def test_without_peers_there_are_no_ratios():
    alone = Report("net", "float32", 6000, 5, 2, CELLS[:1])
    assert alone.ratios == ()
    assert "geometric" not in text.render(alone)
    assert json.loads(as_json.render(alone))["geometric_mean"] is None


def test_the_largest_difference_is_found_nan_is_one_and_equal_infinities_are_none():
    import numpy as np

    inf, nan = np.inf, np.nan
    assert difference(np.array([1.0, inf, -inf, nan]), np.array([1.5, inf, -inf, nan])) == 0.5
    assert np.isnan(difference(np.array([nan, 1.0]), np.array([1.0, 1.0])))
    assert difference(np.array([1.0]), np.array([inf])) == inf
