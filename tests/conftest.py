"""What tests of whole commands share: real processes, and the textbook's network."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).parent.parent

# What a test finds must not depend on what nnspec has kept between the user's runs.
_CACHE = TemporaryDirectory(prefix="nnspec-tests-")
os.environ["NNSPEC_CACHE_DIR"] = _CACHE.name

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell's background job ignores it, and so would every process that a test starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)

TEXTBOOK = """\
nnspec: 1
name: textbook
task: regression
dtype: float64
input: 2
layers:
  - {size: 3, activation: sigmoid}
  - {size: 2, activation: sigmoid}
output: 2
weights:
  values:
    dense1.weight: [[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]
    dense1.bias: [0.1, 0.2, 0.3]
    dense2.weight: [[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]
    dense2.bias: [0.1, 0.2]
    output.weight: [[0.1, 0.3], [0.2, 0.4]]
    output.bias: [0.1, 0.2]
"""


@pytest.fixture
def nnspec_command(tmp_path):
    """Run `nnspec …` as a process of its own in a folder of its own."""

    def run(*arguments, stdin=None, environment=None, text=True, python=("-m", "nnspec")):
        return subprocess.run(
            [sys.executable, *python, *map(str, arguments)],
            cwd=tmp_path,
            input=stdin,
            env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
            capture_output=True,
            text=text,
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture
def textbook(tmp_path):
    """The textbook's 2-3-2-2 network as a file."""
    path = tmp_path / "textbook.yaml"
    path.write_text(TEXTBOOK)
    return path
