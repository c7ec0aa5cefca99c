"""The micro-kernel of a product, as LLVM code whose sums never leave the registers.

LLVM does not make this of plain loops (12 GFLOP/s instead of 110), so it is written out here for
the vectors of the machine at hand.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from nnspec.engines.numba.machine import machine

if TYPE_CHECKING:
    from collections.abc import Callable

VECTORS = 2
"""Vectors of a panel: eight rows of two keep both adders of a core busy, and leave registers."""
_INT = ir.IntType(64)


@cache
def micro_kernel(itemsize: int, rows: int, vectors: int, panels: int = 1) -> Callable[..., None]:
    """Give `kernel(a, lda, panel, depth, bias, c, ldc)`, where a, panel, bias and c are addresses.

    It computes c[rows, panels·width] = bias + a[rows, depth] @ panel[panels, depth, width], where
    width is vectors·lanes. Each sum starts with the bias and takes the inputs in their order,
    whatever the numbers of rows, vectors and panels: a row has the same bits in each kernel.
    """
    number = ir.FloatType() if itemsize == 4 else ir.DoubleType()
    lanes = machine().lanes(itemsize)
    vector = ir.VectorType(number, lanes)
    width = vectors * lanes
    places = [(p, v) for p in range(panels) for v in range(vectors)]

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        a, lda, panel, depth, bias, c, ldc = args

        def element(address: Any, *offsets: Any) -> Any:
            index = ir.Constant(_INT, 0)
            for offset in offsets:
                index = builder.add(
                    index, offset if isinstance(offset, ir.Value) else ir.Constant(_INT, offset)
                )
            return builder.gep(builder.inttoptr(address, number.as_pointer()), [index])

        def load(pointer: Any) -> Any:
            loaded = builder.load(builder.bitcast(pointer, vector.as_pointer()))
            loaded.align = itemsize
            return loaded

        def store(value: Any, pointer: Any) -> None:
            stored = builder.store(value, builder.bitcast(pointer, vector.as_pointer()))
            stored.align = itemsize

        def times(factor: int | Any) -> Any:
            return builder.mul(lda, ir.Constant(_INT, factor))

        # LLVM turns these into registers
        sums = {
            (row, place): cgutils.alloca_once(builder, vector)
            for row in range(rows)
            for place in places
        }
        for row, (p, v) in sums:
            builder.store(load(element(bias, p * width + v * lanes)), sums[row, (p, v)])
        starts = [times(row) for row in range(rows)]
        strides = [builder.mul(depth, ir.Constant(_INT, p * width)) for p in range(panels)]
        with cgutils.for_range(builder, depth, intp=_INT) as loop:
            here = builder.mul(loop.index, ir.Constant(_INT, width))
            weights = {(p, v): load(element(panel, strides[p], here, v * lanes)) for p, v in places}
            for row in range(rows):
                x = _broadcast(builder, builder.load(element(a, starts[row], loop.index)), vector)
                for place in places:
                    total = sums[row, place]
                    builder.store(
                        multiply_add(builder, x, weights[place], builder.load(total)), total
                    )
        for row in range(rows):
            out = builder.mul(ldc, ir.Constant(_INT, row))
            for p, v in places:
                store(builder.load(sums[row, (p, v)]), element(c, out, p * width + v * lanes))
        return context.get_dummy_value()

    def kernel(
        typing: Any, a: Any, lda: Any, panel: Any, depth: Any, bias: Any, c: Any, ldc: Any
    ) -> Any:
        return types.void(*[types.int64] * 7), codegen

    made: Callable[..., None] = intrinsic(kernel)
    return made


def _broadcast(builder: Any, number: Any, vector: Any) -> Any:
    undefined = ir.Constant(vector, ir.Undefined)
    one = builder.insert_element(undefined, number, ir.Constant(ir.IntType(32), 0))
    zeros = ir.Constant(ir.VectorType(ir.IntType(32), vector.count), [0] * vector.count)
    return builder.shuffle_vector(one, one, zeros)


def multiply_add(builder: Any, x: Any, weight: Any, total: Any) -> Any:
    """Give x·weight + total for vectors, with one rounding where the machine can."""
    if not machine().fma:
        return builder.fadd(builder.fmul(x, weight), total)
    kind = x.type
    name = f"llvm.fma.v{kind.count}f{32 if isinstance(kind.element, ir.FloatType) else 64}"
    fma = cgutils.get_or_insert_function(builder.module, ir.FunctionType(kind, [kind] * 3), name)
    return builder.call(fma, [x, weight, total])
