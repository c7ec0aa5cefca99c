"""Promise 6: merge keys mean the same, and so does all else, with PyYAML 6.0.3 and 6.0.4."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VERSIONS = ("6.0.3", "6.0.4")
TESTS = ["tests/source", "tests/specs", "tests/test_specs.py"]

for version in VERSIONS:
    with tempfile.TemporaryDirectory() as folder:
        pip = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
        ]
        subprocess.run([*pip, "--target", folder, f"pyyaml=={version}"], check=True)
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([folder, str(ROOT)])}
        seen = subprocess.run(
            [sys.executable, "-c", "import yaml; print(yaml.__version__)"],
            env=environment, capture_output=True, text=True, check=True,
        ).stdout.strip()  # fmt: skip
        assert seen == version, seen
        print(f"with PyYAML {version}:", flush=True)
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS],
            cwd=ROOT, env=environment, check=True,
        )  # fmt: skip
