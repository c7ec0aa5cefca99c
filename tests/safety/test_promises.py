"""The table of promises names files that exist, and tests that `make test` collects."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = (Path(__file__).with_name("promises.md")).read_text()


def test_every_promise_is_shown_by_files_that_are_there():
    rows = re.findall(r"^\| (\d+) \|[^|]*\| (.*) \|$", TABLE, re.MULTILINE)
    assert len(rows) >= 25
    for _, shown in rows:
        for path in shown.split(", "):
            assert (ROOT / path).is_file(), path


def test_every_slow_script_shows_a_promise():
    for script in Path(__file__).with_name("slow").glob("*.py"):
        assert f"tests/safety/slow/{script.name}" in TABLE
