"""How many rows a product may take at once so that each row's sums do not depend on its place.

A BLAS works on blocks of rows, and the rows at the end of one may go through another kernel,
which adds in another order: the same row then has other last bits at another place. How it is
done differs from machine to machine (OpenBLAS for AVX2 has two orders among twelve rows) and
with the number of its threads, so it is measured here, not known.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK = 16
"""Rows of a product: always as many, so that it has one shape. Fewer make a single row cheap,
more make many rows fast; from 16 on little is gained."""
ENOUGH = 64
"""Sums to compare for each pair of rows: fewer could agree by chance."""


@cache
def rows_at_once(depth: int, columns: int, dtype: str) -> int:
    """Find the largest block, up to BLOCK rows, in which every row is treated alike.

    Rows without pattern are multiplied at one place and at the next one, and must give the same
    bits. One row at a time is alike by itself, so there always is an answer.
    """
    weight = _patternless(0, (depth, columns), dtype)
    trials = [
        _patternless(trial + 1, (BLOCK, depth), dtype) for trial in range(-(-ENOUGH // columns))
    ]
    rows = BLOCK
    while rows > 1 and not all(_alike(x, weight, rows) for x in trials):
        rows //= 2
    return rows


def _patternless(seed: int, shape: tuple[int, int], dtype: str) -> NDArray[Any]:
    """Give numbers of all mantissas; numpy.random would take longer to import than to use."""
    start = seed * 1_000_003
    steps = np.arange(start, start + shape[0] * shape[1], dtype=np.float64)
    return np.sin(steps * steps).astype(dtype).reshape(shape)


def _alike(x: NDArray[Any], weight: NDArray[Any], rows: int) -> bool:
    here = multiply(x, weight, rows)
    return all(
        np.array_equal(
            np.roll(here, shift, axis=0), multiply(np.roll(x, shift, axis=0), weight, rows)
        )
        for shift in (1, rows // 2)
    )


def multiply(
    x: NDArray[Any], weight: NDArray[Any], rows: int, out: NDArray[Any] | None = None
) -> NDArray[Any]:
    """Compute x @ weight for whole blocks, `rows` rows at a time."""
    if out is None:
        out = np.empty((len(x), weight.shape[1]), dtype=x.dtype)
    blocks = len(x) // rows
    np.matmul(
        x.reshape(blocks, rows, x.shape[1]), weight, out=out.reshape(blocks, rows, out.shape[1])
    )
    return out
