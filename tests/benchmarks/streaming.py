"""Measure runs on files larger than a block: throughput and peak memory, against all in memory.

python tests/benchmarks/streaming.py [FACTOR] [FORMAT ...]

Writes real files to a temporary folder (6 GB with the factor 1), lets each program run in a
process of its own, in turn, and prints the medians. "In memory" is what a script would do: read
the whole file (np.load, np.loadtxt, json, pyarrow), call the same model,
write it in one piece (np.save, np.savetxt, json).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

TURNS = 3
ROOT = Path(__file__).parents[2]
SPEC = """\
nnspec: 1
task: multiclass
input: {inputs}
layers:
  - {{size: 50, activation: sigmoid}}
  - {{size: 100, activation: sigmoid}}
output: 10
weights: {{init: he_normal, seed: 0}}
"""
WRITE = """
import sys
import numpy as np
kind, path, rows, columns = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
some = np.random.default_rng(0).normal(size=(5000, columns)).astype(np.float32)
counts = [min(5000, rows - first) for first in range(0, rows, 5000)]
if kind == "npy":
    array = np.lib.format.open_memmap(path, "w+", np.float32, (rows, columns))
    for k, count in enumerate(counts):
        array[5000 * k : 5000 * k + count] = some[:count]
elif kind == "npz":
    np.savez_compressed(path, x=np.concatenate([some[:count] for count in counts]))
elif kind == "parquet":
    import pyarrow, pyarrow.parquet
    table = pyarrow.table({f"x{k}": np.tile(some[:, k], len(counts)) for k in range(columns)})
    pyarrow.parquet.write_table(table, path)
else:
    first, last = ("[", "]\\n") if kind == "jsonl" else ("", "\\n")
    lines = [first + ",".join(row) + last for row in some.astype(str).tolist()]
    with open(path, "w") as file:
        for count in counts:
            file.write("".join(lines[:count]))
"""
IN_MEMORY = """
import sys
import numpy as np
import nnspec
spec, path, out = sys.argv[1:]
kind = path.rpartition(".")[2]
if kind == "npy":
    x = np.load(path)
elif kind == "npz":
    x = np.load(path)["x"]
elif kind == "csv":
    x = np.loadtxt(path, delimiter=",", dtype=np.float32)
elif kind == "parquet":
    import pyarrow.parquet
    x = np.stack([c.to_numpy() for c in pyarrow.parquet.read_table(path).columns], axis=1)
else:
    import json
    with open(path) as file:
        x = np.array([json.loads(line) for line in file], np.float32)
y = nnspec.load(spec)(x)
kind = out.rpartition(".")[2]
if kind == "npy":
    np.save(out, y)
elif kind == "csv":
    np.savetxt(out, y, delimiter=",", fmt="%.9g")
else:
    import json
    with open(out, "w") as file:
        file.writelines(json.dumps(row) + "\\n" for row in y.tolist())
"""


class Case(NamedTuple):
    """A file to run on."""

    kind: str
    rows: int
    columns: int
    out: str = "npy"


CASES = (
    Case("npy", 750_000, 784),
    Case("npy", 10_000_000, 8),
    Case("npz", 250_000, 784),
    Case("parquet", 1_000_000, 50),
    Case("csv", 2_400_000, 20),
    Case("csv", 10_000_000, 4),
    Case("csv", 50_000, 784),
    Case("jsonl", 500_000, 20),
    Case("jsonl", 10_000_000, 2),
    Case("npy", 500_000, 8, "csv"),
    Case("npy", 500_000, 8, "jsonl"),
)


def measure(command: list[str]) -> tuple[float, float]:
    """Run a program; give its seconds and the MiB of its peak resident memory."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"failed: {command}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def case(one: Case, factor: float, folder: Path) -> str:
    """Let both programs take turns on one file; give a line of the table."""
    spec, data, out = folder / "spec.yaml", folder / f"x.{one.kind}", folder / f"y.{one.out}"
    rows = max(1, int(one.rows * factor))
    spec.write_text(SPEC.format(inputs=one.columns))
    measure(["-c", WRITE, one.kind, str(data), str(rows), str(one.columns)])
    commands = {
        "nnspec": ["-m", "nnspec", "run", str(spec), str(data), "-o", str(out)],
        "memory": ["-c", IN_MEMORY, str(spec), str(data), str(folder / f"memory.{one.out}")],
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(TURNS):
        for name, command in commands.items():
            found[name].append(measure(command))
    size = data.stat().st_size
    data.unlink()
    (own, own_peak), (other, peak) = (
        map(statistics.median, zip(*turns, strict=True)) for turns in found.values()
    )
    return (
        f"{f'{one.kind} to {one.out}':15} {rows:>10,} x {one.columns:<4} {size / 1e6:7.0f} MB  "
        f"{own:7.2f} s {other:7.2f} s {other / own:7.2f} {own_peak:6.0f} MiB {peak:7.0f} MiB"
    )


def main(factor: float, kinds: list[str]) -> None:
    """Print the table, a line as soon as it is known."""
    print(f"{'':41} {'nnspec':>9} {'in memory':>9}  faster {'peak':>9} {'in memory':>10}")
    for one in CASES:
        if (
            not kinds
            or f"{one.kind}-{one.out}" in kinds
            or (one.kind in kinds and one.out == "npy")
        ):
            with TemporaryDirectory() as folder:
                print(case(one, factor, Path(folder)), flush=True)


if __name__ == "__main__":
    main(float(sys.argv[1]) if sys.argv[1:] else 1.0, sys.argv[2:])
