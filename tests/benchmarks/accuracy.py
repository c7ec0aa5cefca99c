"""Print the worst error of activations, in ulp, and where: python tests/benchmarks/accuracy.py NAME...

A name may carry parameters: gelu:approximate=tanh. Without names, all built-ins are measured.
Give --points N for another density than 60,000 an activation and type.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "activations"))

import exactness
import reference

from nnspec.plugin.manager import load_plugins


def parameters_of(words):
    """Read key=value, value as JSON or a plain word."""
    pairs = (word.split("=", 1) for word in words)
    result = {}
    for key, value in pairs:
        try:
            result[key] = json.loads(value)
        except json.JSONDecodeError:
            result[key] = value
    return result


NEEDED = {"threshold": {"threshold": 0.5, "value": -2.0}}
"""Parameters without a default."""


def nanoseconds(function, parameters, dtype):
    x = np.random.default_rng(0).normal(0, 3, (1000, 1000)).astype(dtype)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        function(x, **parameters)
        times.append(time.perf_counter() - start)
    return min(times) / x.size * 1e9


def rows(dtype, points):
    rng = np.random.default_rng(1)
    for width in (1, 2, 3, 10, 100, 1000):
        for spread in (1, 30, 300):
            for _ in range(max(1, points // 20 // width)):
                yield rng.normal(0, spread, width).astype(dtype)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--points", type=int, default=60_000)
    options = parser.parse_args()
    activations = load_plugins().activations
    names = options.names or [*reference.ELEMENTWISE, *reference.ROWWISE]
    print(
        f"{'activation':34} {'float32':>8} {'at':>15} {'float64':>8} {'at':>24} {'ns/float32':>11}"
    )
    for text in names:
        name, *words = text.replace(":", ",").split(",")
        parameters = NEEDED.get(name, {}) | parameters_of(words)
        function = activations[name].function
        line = f"{text:31}"
        for dtype, width in ((np.float32, 15), (np.float64, 24)):
            if name in reference.ROWWISE:
                found = max(
                    exactness.worst_row(function, name, row, **parameters)
                    for row in rows(dtype, options.points)
                )
            else:
                x = exactness.grid(dtype, options.points // 2)
                found = exactness.worst(function, name, x, **parameters)
            took = nanoseconds(function, parameters, dtype)
            line += f" {found.ulp:8.3f} {found.at:{width}.9g} {took:7.2f}"
        print(line, flush=True)


if __name__ == "__main__":
    main()
