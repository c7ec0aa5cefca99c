"""The micro-kernel of a product, as LLVM code whose sums never leave the registers.

LLVM does not make this of plain loops (12 GFLOP/s instead of 110), so it is written out here for
the vectors of the machine at hand.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from llvmlite import ir
from numba.core import cgutils

from nnspec.engines.numba.codegen.vectors import INT, Vectors, kernel
from nnspec.engines.numba.machine import machine

if TYPE_CHECKING:
    from collections.abc import Callable

VECTORS = 2
"""Vectors of a panel: eight rows of two keep both adders of a core busy, and leave registers."""


@cache
def micro_kernel(itemsize: int, rows: int, vectors: int, panels: int = 1) -> Callable[..., None]:
    """Give `kernel(a, lda, panel, depth, bias, c, ldc)`, where a, panel, bias and c are addresses.

    It computes c[rows, panels·width] = bias + a[rows, depth] @ panel[panels, depth, width], where
    width is vectors·lanes. Each sum starts with the bias and takes the inputs in their order,
    whatever the numbers of rows, vectors and panels: a row has the same bits in each kernel.
    """
    lanes = machine().lanes(itemsize)
    width = vectors * lanes
    places = [(p, v) for p in range(panels) for v in range(vectors)]

    def write(builder: Any, args: list[Any]) -> None:
        a, lda, panel, depth, bias, c, ldc = args
        use = Vectors(builder, itemsize)
        # LLVM turns these into registers
        sums = {
            (row, place): cgutils.alloca_once(builder, use.vector)
            for row in range(rows)
            for place in places
        }
        for row, (p, v) in sums:
            builder.store(use.load(use.at(bias, p * width + v * lanes)), sums[row, (p, v)])
        starts = [use.times(lda, row) for row in range(rows)]
        strides = [use.times(depth, p * width) for p in range(panels)]
        with cgutils.for_range(builder, depth, intp=INT) as loop:
            here = use.times(loop.index, width)
            weights = {
                (p, v): use.load(use.at(panel, strides[p], here, v * lanes)) for p, v in places
            }
            for row in range(rows):
                x = builder.load(use.at(a, starts[row], loop.index))
                x = _broadcast(builder, x, use.vector)
                for place in places:
                    total = sums[row, place]
                    builder.store(use.multiply_add(x, weights[place], builder.load(total)), total)
        for row in range(rows):
            out = use.times(ldc, row)
            for p, v in places:
                use.store(builder.load(sums[row, (p, v)]), use.at(c, out, p * width + v * lanes))

    return kernel(write)


def _broadcast(builder: Any, number: Any, vector: Any) -> Any:
    undefined = ir.Constant(vector, ir.Undefined)
    one = builder.insert_element(undefined, number, ir.Constant(ir.IntType(32), 0))
    zeros = ir.Constant(ir.VectorType(ir.IntType(32), vector.count), [0] * vector.count)
    return builder.shuffle_vector(one, one, zeros)
