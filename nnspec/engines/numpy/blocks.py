"""In which blocks a product may be computed so that a row's sums do not depend on its place.

A BLAS works on blocks of rows, and the rows at the end of one may go through another kernel,
which adds in another order: the same row then has other last bits at another place. How it is
done differs from machine to machine (OpenBLAS for AVX2 has two orders among twelve rows), with
the shape and with the number of its threads, so it is measured here, not known.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK = 16
"""Rows of a block where there are many: from 16 on little is gained."""
FEW = (2, 4, 8)
"""Rows of a block where there are not: one alone would go through a product with a vector."""
ENOUGH = 64
"""Sums to compare for each pair of rows: fewer could agree by chance."""
_GOLDEN = 0.6180339887498949


@cache
def blocks(depth: int, columns: int, dtype: str) -> tuple[int, ...]:
    """List the blocks, by number of rows, in all of which a row has the same bits.

    The last is the largest, up to BLOCK rows, in which every row is treated alike: rows without
    pattern are multiplied at one place and at another one, and must give the same bits. One row at
    a time is alike by itself, so there always is an answer. Before it stand those of FEW that
    agree with it.
    """
    weight = patternless(0, (depth, columns), dtype)
    trials = [
        patternless(trial + 1, (BLOCK, depth), dtype) for trial in range(-(-ENOUGH // columns))
    ]
    rows = BLOCK
    while rows > 1 and not all(_alike(x, weight, rows) for x in trials):
        rows //= 2
    right = [multiply(x, weight, rows) for x in trials]
    few = [
        some
        for some in FEW
        if some < rows
        and all(
            np.array_equal(multiply(x, weight, some), y) for x, y in zip(trials, right, strict=True)
        )
    ]
    return *few, rows


def multiply(
    x: NDArray[Any], weight: NDArray[Any], rows: int, out: NDArray[Any] | None = None
) -> NDArray[Any]:
    """Compute x @ weight for whole blocks, `rows` rows at a time."""
    if out is None:
        out = np.empty((len(x), weight.shape[1]), dtype=x.dtype)
    if len(x) == rows:
        np.matmul(x, weight, out=out)
        return out
    count = len(x) // rows
    np.matmul(
        x.reshape(count, rows, x.shape[1]), weight, out=out.reshape(count, rows, out.shape[1])
    )
    return out


def patternless(seed: int, shape: tuple[int, int], dtype: str) -> NDArray[Any]:
    """Give numbers of all mantissas; numpy.random would take longer to import than to use."""
    start = seed * 1_000_003 + 1
    steps = np.arange(start, start + shape[0] * shape[1], dtype=np.float64)
    numbers: NDArray[Any] = steps * (steps * _GOLDEN) % 1.0 - 0.5
    return numbers.astype(dtype).reshape(shape)


def _alike(x: NDArray[Any], weight: NDArray[Any], rows: int) -> bool:
    here = multiply(x, weight, rows)
    return all(
        np.array_equal(
            np.roll(here, shift, axis=0), multiply(np.roll(x, shift, axis=0), weight, rows)
        )
        for shift in (1, rows // 2)
    )
