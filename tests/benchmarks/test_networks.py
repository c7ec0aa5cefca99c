"""Whole networks on each engine; `nnspec bench` and engines.py set them beside their peers."""

from __future__ import annotations

import pytest

NETWORKS = {
    "784-50-100-10 sigmoid": ([784, 50, 100, 10], "sigmoid"),
    "96-384-384-192-7 silu": ([96, 384, 384, 192, 7], "silu"),
    "768-1536-768-12 gelu": ([768, 1536, 768, 12], "gelu"),
}


@pytest.mark.parametrize("count", [1, 16, 64, 1024, 20_000])
@pytest.mark.parametrize("network", NETWORKS)
def test_network(benchmark, program, rows, engine, network, count):
    (first, *hidden, last), activation = NETWORKS[network]
    run = program(first, [{"size": size, "activation": activation} for size in hidden], last)
    benchmark.group = f"{network}, {count} rows"
    benchmark(run, rows(count, first))
