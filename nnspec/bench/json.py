"""A report for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from nnspec.bench.report import geometric_mean
from nnspec.show.json_values import plain

if TYPE_CHECKING:
    from nnspec.bench.report import Cell, Report


def render(report: Report) -> str:
    """Give one object: the network, every cell with the seconds of its turns, and the ratios."""
    ratios = report.ratios
    form = {
        "network": report.network,
        "dtype": report.dtype,
        "flops": report.flops,
        "turns": report.turns,
        "cores": report.cores,
        "cells": [_cell(cell) for cell in report.cells],
        "ratios": [asdict(ratio) for ratio in ratios],
        "geometric_mean": geometric_mean(ratios) if ratios else None,
        "left_out": [{"name": name, "reason": reason} for name, reason in report.left_out],
        "notes": list(report.notes),
    }
    return json.dumps(plain(form), indent=2)


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        **asdict(cell),
        "median": cell.median,
        "quartiles": list(cell.quartiles),
        "gflops": cell.gflops,
    }
