"""Compute what the frameworks answer, or compare: python tests/peers/compute.py [--check] [TABLE…]

Without --check the tables in tests/peers/tables are written anew. With it they are compared with
what the frameworks answer now, and every difference beyond a framework's own error is named, as
is every activation that a framework shares with nnspec without a row; then the status is 1.
A new row is one line in a file of tests/peers/frameworks; a new framework is one file there.
`make peers` installs the frameworks and checks.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from peers import onnx_nodes, tables
from peers.points import KINDS, kind, points
from peers.row import Row

from nnspec.folder import modules
from nnspec.plugin.manager import load_plugins


def answers(framework):
    """Ask a framework everything: the version, the inputs, and one array a row and type."""
    activations = load_plugins().activations
    table = {"version": np.array(framework.version())}
    for dtype in framework.DTYPES:
        table |= {f"{one}/{dtype}": points(dtype, one) for one in KINDS}
    for key, row in tables.by_key(framework).items():
        activation = activations[row.name]
        x = points(key.rpartition("/")[2], kind(activation, row.parameters))
        y = framework.compute(row, x)
        if (y.shape, y.dtype) != (_shape(activation, row, x), x.dtype):
            raise TypeError(f"{tables.name(framework)}: {row.key} gave {y.dtype} {y.shape}")
        table[key] = y
    return table


def _shape(activation, row, x):
    """The shape that should leave: that of x, but for activations with a width of their own."""
    if activation.width is None:
        return x.shape
    return *x.shape[:-1], activation.width(x.shape[-1], **activation.complete(row.parameters))


def changes(old, new, rows):
    """Say what differs between two tables by more than the rows allow."""
    for key in sorted(old.keys() ^ new.keys()):
        yield f"{key}: {'not in the table' if key in new else 'only in the table'}"
    for key in sorted(old.keys() & new.keys()):
        before, now = old[key], new[key]
        if before.dtype.kind != "f" or before.shape != now.shape:
            if not np.array_equal(before, now):
                yield f"{key}: {before.tolist()} in the table, {now.tolist()} now"
            continue
        bound = rows.get(key, Row("", "")).bound(before, before.dtype)
        with np.errstate(invalid="ignore"):
            same = (before == now) | (abs(before.astype(float) - now) <= bound)
        for place in np.argwhere(~(same | (np.isnan(before) & np.isnan(now)))):
            index = tuple(place.tolist())
            yield f"{key}: at {list(index)} {before[index]!r} in the table, {now[index]!r} now"


def gaps(framework):
    """Name the activations that a framework has by a name of nnspec's, but no row."""
    offered = {name.lower().replace("_", "") for name in framework.offers()}
    for name, activation in load_plugins().activations.items():
        shared = {one for one in activation.names if one.lower().replace("_", "") in offered}
        if shared and name not in {row.name for row in framework.ROWS}:
            yield f"it has {' and '.join(sorted(shared))}, but there is no row for {name}"


def main():
    np.seterr(all="ignore")
    frameworks = {tables.name(one): one for one in modules("peers.frameworks")}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("tables", nargs="*", default=[*frameworks, "onnx_nodes"])
    options = parser.parse_args()
    found = []
    for name in options.tables:
        framework = frameworks.get(name)
        new = answers(framework) if framework else onnx_nodes.collect()
        if not options.check:
            tables.write(name, new)
        old = tables.read(name)
        version, recorded = new.pop("version"), old.pop("version", None)
        print(f"{name}: {len(new)} arrays by {version}, in the table by {recorded}")
        lines = list(changes(old, new, tables.by_key(framework) if framework else {}))
        lines += gaps(framework) if framework else []
        found += [f"{name} {version}: {line}" for line in lines]
    for line in found:
        print(line, file=sys.stderr)
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
