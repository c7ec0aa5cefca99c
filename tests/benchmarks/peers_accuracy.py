"""Print the worst error of nnspec and of the frameworks, in ulp of float32, function by function.

Run `make peers` first, then .venv-peers/bin/python tests/benchmarks/peers_accuracy.py [NAME…];
give --points N for another density and --dtype float64 for the other type. The exact values are
mpmath's, on a grid that covers every exponent; "nan" is a NaN where a number belongs. A function
whose parameters differ by default is measured as each framework has it.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from functools import cache
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "activations"))

import exactness
import reference
from mpmath import mp
from peers import tables

from nnspec.folder import modules
from nnspec.plugin.manager import load_plugins

EXACT = {**reference.ELEMENTWISE, "mish": lambda x: x * mp.tanh(mp.log1p(mp.exp(x)))}
PACKAGES = ("torch", "keras", "jax", "onnx", "onnxruntime")


def shared(frameworks, names, dtype):
    """Group the rows of one function: (name, parameters) → framework → row; the first row wins."""
    groups = {}
    for framework in frameworks:
        for row in framework.ROWS:
            if row.name not in EXACT or (names and row.name not in names):
                continue
            if dtype in (row.dtypes or framework.DTYPES):
                given = load_plugins().activations[row.name].complete(row.parameters)
                group = groups.setdefault((row.name, tuple(given.items())), {})
                group.setdefault(tables.name(framework), row)
    return dict(sorted(groups.items()))


def measured(frameworks, name, given, rows, x):
    """Give the worst error of nnspec, then of each framework that has a row."""
    exact = cache(lambda at: EXACT[name](mp.mpf(at), **dict(given)))
    ours = load_plugins().activations[name].function(x, **dict(given))
    yield worst(ours, exact, x)
    for framework in frameworks:
        row = rows.get(tables.name(framework))
        yield worst(framework.compute(row, x) * row.factor, exact, x) if row else None


def worst(values, exact, x):
    """Give the largest error in ulp, and where; infinite for a NaN."""
    errors = [
        exactness.error(value, exact(at), x.dtype)
        for value, at in zip(values.tolist(), x.tolist(), strict=True)
    ]
    place = int(np.argmax(errors))
    return errors[place], x[place].item()


def shown(found):
    if found is None:
        return f"{'–':>22}"
    error, at = found
    return f"{f'{error:.3g}'.replace('inf', 'nan'):>8} at {at:<10.4g}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--points", type=int, default=1500)
    parser.add_argument("--dtype", choices=["float32", "float64"], default="float32")
    options = parser.parse_args()
    if not all(importlib.util.find_spec(package) for package in PACKAGES):
        print("the frameworks are not installed here: `make peers` installs them in .venv-peers")
        return
    np.seterr(all="ignore")
    frameworks = [one for one in modules("peers.frameworks") if options.dtype in one.DTYPES]
    x = exactness.grid(np.dtype(options.dtype), options.points)
    print(f"worst error in ulp of {options.dtype} over {x.size} points, and where")
    print(f"{'':40}", *(f"{name:>22}" for name in ["nnspec", *map(tables.name, frameworks)]))
    for (name, given), rows in shared(frameworks, options.names, options.dtype).items():
        label = f"{name} {', '.join(f'{key}={value}' for key, value in given)}"[:40]
        cells = map(shown, measured(frameworks, name, given, rows, x))
        print(f"{label:40}", *cells, flush=True)


if __name__ == "__main__":
    main()
