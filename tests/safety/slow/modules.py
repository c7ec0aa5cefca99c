"""Promise 1 again, as `python -m nnspec`: every case of the corpus in a process from its start."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve()
ROOT = HERE.parents[3]
sys.path[:0] = [str(HERE.parents[1]), str(ROOT)]

import corpus  # noqa: E402

environment = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
environment["NNSPEC_DISABLE_PLUGIN_AUTOLOAD"] = "1"
wrong, cases = [], corpus.cases()
for name, case in cases.items():
    if any("\0" in argument for argument in case.command):
        continue  # no process can be given such an argument
    with tempfile.TemporaryDirectory() as folder:
        case.lay(Path(folder))
        done = subprocess.run(
            [sys.executable, "-m", "nnspec", *case.command], cwd=Path(folder, case.folder),
            env=environment, input=case.stdin, capture_output=True, timeout=60, check=False,
        )  # fmt: skip
        said = (done.stdout + done.stderr).decode("utf-8", "replace")
        ran = any(Path(folder).rglob("ran"))
    right = {0, 1} if case.status == -1 else {case.status}
    if done.returncode not in right or case.says not in said or "Traceback" in said or ran:
        wrong.append((name, done.returncode, said[:300]))
print(f"python -m nnspec: {len(cases) - len(wrong)} of {len(cases)} cases have the right verdict")
for one in wrong:
    print("  WRONG", *one)
sys.exit(bool(wrong))
