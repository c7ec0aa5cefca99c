"""Time nnspec and its peers on the grid of networks, activations and rows, as a Markdown table.

    python tests/benchmarks/engines.py                          all of it; minutes
    python tests/benchmarks/engines.py --networks 784-50-100-10 --activations relu,mish --rows 1,64
    python tests/benchmarks/engines.py --names numpy,numpy-by-hand

A cell is the ratio of nnspec's fastest engine to the fastest peer, by medians; then their times in
µs, and the largest difference of nnspec's outputs from float64. `nnspec bench` does the measuring.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import tempfile
from pathlib import Path

from nnspec.bench.job import Network
from nnspec.bench.measure import measure

NETWORKS = ("784-50-100-10", "96-384-384-192-7", "768-1536-768-12")
ACTIVATIONS = {
    "sigmoid": "sigmoid",
    "relu": "relu",
    "gelu": "gelu",
    "gelu-tanh": "{name: gelu, approximate: tanh}",
    "mish": "mish",
    "silu": "silu",
    "tanh": "tanh",
}
ROWS = ("1", "16", "64", "1024", "20000")


def spec(network: str, activation: str, dtype: str) -> str:
    """Write the spec of a network with initial weights."""
    first, *hidden, last = network.split("-")
    layers = ", ".join(f"{{size: {n}, activation: {ACTIVATIONS[activation]}}}" for n in hidden)
    return (
        f"nnspec: 1\ntask: multiclass\ndtype: {dtype}\ninput: {first}\nlayers: [{layers}]\n"
        f"output: {last}\nweights: {{init: glorot_normal, seed: 0}}\n"
    )


def words(text: str) -> list[str]:
    """Split an option's words."""
    return text.split(",")


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--networks", type=words, default=NETWORKS)
    parser.add_argument("--activations", type=words, default=[*ACTIVATIONS])
    parser.add_argument("--rows", type=words, default=ROWS)
    parser.add_argument("--names", type=words, default=[], help="engines and peers; all")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--dtype", default="float32")
    return parser.parse_args()


def main() -> None:
    """Print a line for each network and activation as soon as it is measured."""
    given = options()
    counts = [int(word) for word in given.rows]
    print(f"| network | activation | {' | '.join(f'rows {count:,}' for count in counts)} |")
    print(f"| --- | --- |{' --- |' * len(counts)}")
    ratios: list[float] = []
    left_out: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        for network in given.networks:
            for activation in given.activations:
                file = Path(folder, "spec.yaml")
                file.write_text(spec(network, activation, given.dtype))
                report = measure(
                    Network(str(file)), rows=counts, turns=given.turns, names=given.names
                )
                left_out |= dict(report.left_out)
                line = []
                for ratio in report.ratios:
                    cells = {cell.name: cell for cell in report.cells if cell.rows == ratio.rows}
                    ours, best = cells[ratio.engine], cells[ratio.peer]
                    line.append(
                        f"**{ratio.value:.2f}** {ours.name} {ours.median * 1e6:,.1f}, "
                        f"{best.name} {best.median * 1e6:,.1f}, off by {ours.difference:.0e}"
                    )
                    ratios.append(ratio.value)
                print(f"| {network} | {activation} | {' | '.join(line)} |", flush=True)
    for name, reason in left_out.items():
        print(f"not measured: {name}: {reason}", file=sys.stderr)
    if ratios:
        mean = math.exp(statistics.fmean(map(math.log, ratios)))
        above = sum(ratio > 1 for ratio in ratios)
        print(
            f"\n{len(ratios)} cells: geometric mean {mean:.2f}, worst {max(ratios):.2f}, "
            f"{above} above 1"
        )


if __name__ == "__main__":
    main()
