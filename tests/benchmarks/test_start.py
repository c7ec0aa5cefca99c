"""Whole processes, from nothing to the exit; start.py gives them as ratios to NumPy's import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMANDS = {
    "python": ["-c", "pass"],
    "import numpy": ["-c", "import numpy"],
    "import nnspec": ["-c", "import nnspec"],
    "version": ["-m", "nnspec", "--version"],
    "run": ["-m", "nnspec", "run", "specs/textbook.yaml", "[1.0, 0.5]"],
    "validate": ["-m", "nnspec", "validate", "specs"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_start(benchmark, name):
    def call():
        command = [sys.executable, *COMMANDS[name]]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)

    benchmark.group = "start"
    benchmark.pedantic(call, rounds=7, warmup_rounds=1)
