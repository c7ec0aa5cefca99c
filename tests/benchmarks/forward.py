"""Time nnspec against NumPy by hand on whole networks, as ratios in one run.

    python tests/benchmarks/forward.py

Rows of both are computed in turn, with a pause in which spinning threads go to sleep; what is
printed is the median of the turns. A ratio below 1 means that nnspec is faster.
"""

from __future__ import annotations

import statistics
import time

import numpy as np

import nnspec

NETWORKS = {
    "784-50-100-10 sigmoid": ([784, 50, 100, 10], "sigmoid"),
    "96-384-384-192-7 silu": ([96, 384, 384, 192, 7], "silu"),
}
ROWS = (1, 16, 64, 1024, 20000)
TURNS, PAUSE = 7, 0.06


def spec(sizes, activation):
    """Write the spec of a network with initial weights."""
    layers = ", ".join(f"{{size: {size}, activation: {activation}}}" for size in sizes[1:-1])
    return (
        f"nnspec: 1\ntask: multiclass\ninput: {sizes[0]}\nlayers: [{layers}]\n"
        f"output: {sizes[-1]}\nweights: {{init: glorot_normal, seed: 0}}\n"
    )


def by_hand(model, activation):
    """Write the same network as a person would in NumPy."""
    arrays = [array for _, array in sorted(model.loaded.arrays.items())]
    pairs = list(zip(arrays[1::2], arrays[0::2], strict=True))

    def run(x):
        for weight, bias in pairs[:-1]:
            x = x @ weight + bias
            s = 1 / (1 + np.exp(-x))
            x = s if activation == "sigmoid" else x * s
        x = x @ pairs[-1][0] + pairs[-1][1]
        e = np.exp(x - x.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    return run


def timed(run, x):
    """Give seconds a call, over enough calls to see them."""
    calls, start = 0, time.perf_counter()
    while calls < 3 or time.perf_counter() - start < 0.05:
        run(x)
        calls += 1
    return (time.perf_counter() - start) / calls


if __name__ == "__main__":
    print(
        f"{'network':24} {'rows':>6} {'nnspec µs':>11} {'by hand µs':>11} {'ratio':>6} {'off by':>8}"
    )
    for name, (sizes, activation) in NETWORKS.items():
        model = nnspec.loads(spec(sizes, activation))
        hand = by_hand(model, activation)
        for rows in ROWS:
            x = np.random.default_rng(0).standard_normal((rows, sizes[0]), np.float32)
            gap = float(np.abs(model(x) - hand(x.astype(np.float64))).max())
            turns = []
            for _ in range(TURNS):
                time.sleep(PAUSE)
                ours = timed(model, x)
                time.sleep(PAUSE)
                turns.append((ours, timed(hand, x)))
            ours, theirs = (statistics.median(turn[k] for turn in turns) for k in (0, 1))
            print(
                f"{name:24} {rows:6} {ours * 1e6:11.1f} {theirs * 1e6:11.1f} {ours / theirs:6.2f} {gap:8.0e}"
            )
