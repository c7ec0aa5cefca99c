"""For programs: a JSON array with one object a spec."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from nnspec.show.json_values import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.cases.report import SpecReport, Tested


def render(reports: Sequence[SpecReport], *, verbose: bool = False) -> str:
    """Give file, passed, problem, diagnostics and checks of each spec, in pure ASCII.

    A check has name, passed, message and saved; then difference, layers, score, confusion and
    rmse, null or empty where they do not apply.
    """
    del verbose  # a program gets everything
    forms = [
        {
            "file": report.name,
            "passed": report.passed,
            "problem": report.problem,
            "diagnostics": [one.as_dict() for one in report.diagnostics],
            "checks": [_check(tested) for tested in report.cases],
        }
        for report in reports
    ]
    return json.dumps(plain(forms), indent=2)


def _check(tested: Tested) -> dict[str, Any]:
    result = tested.result
    score = result.score
    return {
        "name": result.name,
        "passed": result.passed,
        "message": result.message,
        "saved": tested.saved,
        "difference": None if result.difference is None else asdict(result.difference),
        "layers": [asdict(layer) for layer in result.layers],
        "score": None if score is None else {**asdict(score), "accuracy": score.accuracy},
        "confusion": None if result.confusion is None else asdict(result.confusion),
        "rmse": result.rmse,
    }
