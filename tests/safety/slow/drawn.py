"""Promise 8: 2,000 specs that hypothesis-jsonschema draws from our schema, and 2,000 with a value exchanged.

It needs a Hypothesis older than ours, whose inner parts it uses.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ["hypothesis==6.151.0", "hypothesis-jsonschema==0.23.1"]

with tempfile.TemporaryDirectory() as folder:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-deps", "--target", folder, *PACKAGES], check=True)
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([folder, str(ROOT)]),
        "NNSPEC_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    script = Path(__file__).with_name("parts") / "drawn_specs.py"
    done = subprocess.run([sys.executable, script], cwd=folder, env=environment, check=False)
sys.exit(done.returncode)
