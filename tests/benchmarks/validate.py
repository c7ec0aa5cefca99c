"""Time nnspec against check-jsonschema: 1,000 specs, one process each, the same schema.

python tests/benchmarks/validate.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SPECS, TURNS = 1_000, 3
ROOT = Path(__file__).parents[2]
ACTIVATIONS = ("relu", "gelu", "sigmoid", "tanh", "{name: leaky_relu, negative_slope: 0.2}", "silu")


def spec(number: int) -> str:
    """Write a spec of 3 to 12 layers that no other has, one in ten with a fault."""
    layers = [
        f"  - {{size: {8 + (number * 7 + k) % 120}, activation: {ACTIVATIONS[(number + k) % 6]}}}\n"
        "  - {type: batchnorm, epsilon: 1.0e-3}\n"
        f"  - {{type: dropout, rate: 0.{1 + (number + k) % 8}}}\n"
        for k in range(1 + number % 4)
    ]
    return (
        f"nnspec: 1\nname: variant-{number}\ntask: multiclass\n"
        f"input: {{size: {4 + number % 60}, normalize: {{mean: 0.5, std: 2.0}}}}\n"
        f"layers:\n{''.join(layers)}"
        f"output: {{size: 3, labels: [a, b, c]{', treshold: 1' * (number % 10 == 0)}}}\n"
        f"weights: {{init: he_normal, seed: {number}}}\n"
    )


def timed(*command: str) -> float:
    """Give the median of a program's wall time in seconds; one in ten specs has a fault."""
    times = []
    for _ in range(TURNS):
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=False)
        times.append(time.perf_counter() - start)
        assert done.returncode == 1, done.stderr
        assert b"treshold" in done.stdout, done.stderr
    return statistics.median(times)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for number in range(SPECS):
            Path(folder, f"{number:04}.yaml").write_text(spec(number))
        files = sorted(map(str, Path(folder).iterdir()))
        schema = str(Path(folder, "schema.json"))
        composed = [sys.executable, "-m", "nnspec", "schema"]
        Path(schema).write_bytes(subprocess.run(composed, check=True, capture_output=True).stdout)
        ours = timed(sys.executable, "-m", "nnspec", "validate", *files)
        theirs = timed(sys.executable, "-m", "check_jsonschema", "--schemafile", schema, *files)
        print(f"nnspec validate    {ours:6.2f} s for {SPECS:,} specs")
        print(f"check-jsonschema   {theirs:6.2f} s")
        print(f"nnspec takes {ours / theirs:.2f} of its time")
