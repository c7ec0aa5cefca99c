"""Time what it costs to start: `nnspec --version`, and a run against a script with onnxruntime.

python tests/benchmarks/start.py [PYTHON WITH onnx AND onnxruntime]

The programs take turns; the times are of whole processes, from compiled modules, as pip installs
them. A warm run finds in the cache what the spec says and that the schema has nothing against it,
a cold one does not.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

TURNS = 15
ROOT = Path(__file__).parents[2]
SPEC = str(ROOT / "specs" / "textbook.yaml")
SCRIPT = """
import sys
import numpy as np
import onnxruntime
session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
(name,) = (one.name for one in session.get_inputs())
np.save(sys.argv[3], session.run(None, {name: np.load(sys.argv[2])})[0])
"""
MAKE = """
import sys
import numpy as np
from onnx import TensorProto, helper, numpy_helper
sizes = (2, 3, 2, 2)
nodes, arrays, x = [], [], "x"
for k, (before, after) in enumerate(zip(sizes, sizes[1:])):
    arrays += [numpy_helper.from_array(np.full((before, after), 0.1), f"w{k}")]
    arrays += [numpy_helper.from_array(np.full(after, 0.1), f"b{k}")]
    nodes += [helper.make_node("Gemm", [x, f"w{k}", f"b{k}"], [f"a{k}"])]
    nodes += [helper.make_node("Sigmoid", [f"a{k}"], [f"z{k}"])] * (k < 2)
    x = f"z{k}"
ends = [helper.make_tensor_value_info(n, TensorProto.DOUBLE, ["n", 2]) for n in ("x", "a2")]
graph = helper.make_graph(nodes, "textbook", ends[:1], ends[1:], arrays)
opsets = [helper.make_opsetid("", 17)]
open(sys.argv[1], "wb").write(
    helper.make_model(graph, opset_imports=opsets, ir_version=8).SerializeToString()
)
"""


def programs(folder: Path, peers: str | None) -> dict[str, list[str]]:
    """Name the programs, each with what it is called by."""
    data, out = str(ROOT / "specs" / "data" / "textbook-x.npy"), str(folder / "y.npy")
    run = ["-m", "nnspec", "run", SPEC, data, "-o", out]
    own = {
        "python": ["-c", "pass"],
        "import click": ["-c", "import click"],
        "nnspec --version": ["-m", "nnspec", "--version"],
        "import numpy": ["-c", "import numpy"],
        "import nnspec": ["-c", "import nnspec"],
        "nnspec run, cold": run,
        "nnspec run, warm": run,
        "nnspec validate specs": ["-m", "nnspec", "validate", str(ROOT / "specs")],
    }
    commands = {name: [sys.executable, *arguments] for name, arguments in own.items()}
    script = Path(sys.executable).with_name("nnspec")
    if script.exists():
        commands["nnspec --version, script"] = [str(script), "--version"]
        commands["nnspec run, warm, script"] = [str(script), *run[2:]]
    if peers:
        model = str(folder / "textbook.onnx")
        subprocess.run([peers, "-c", MAKE, model], check=True)
        commands["onnxruntime script"] = [peers, "-c", SCRIPT, model, data, out]
    return commands


def main(peers: str | None) -> None:
    """Let them take turns, and print the medians."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
            "NNSPEC_CACHE_DIR": str(folder / "cache"),
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        commands = programs(folder, peers)
        times: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(TURNS + 1):
            for name, command in commands.items():
                cold = {"NNSPEC_DISABLE_CACHE": "1"} if "cold" in name else {}
                start = time.perf_counter()
                subprocess.run(
                    command, check=True, capture_output=True, env={**environment, **cold}
                )
                if turn:  # the first one compiles
                    times[name].append((time.perf_counter() - start) * 1e3)
    for name, turns in times.items():
        print(f"{name:26} {statistics.median(turns):7.1f} ms (fastest {min(turns):.1f})")
    if peers:
        pairs = zip(times["nnspec run, warm"], times["onnxruntime script"], strict=True)
        ratio = statistics.median(ours / theirs for ours, theirs in pairs)
        print(f"a warm run takes {ratio:.2f} of the time of the script, the median of the turns")


if __name__ == "__main__":
    main(*(sys.argv[1:] or [None]))
