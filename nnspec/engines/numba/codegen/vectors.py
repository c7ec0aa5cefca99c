"""Numbers and vectors of them at addresses, for code that is written out as LLVM's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from nnspec.engines.numba.machine import machine

if TYPE_CHECKING:
    from collections.abc import Callable

INT = ir.IntType(64)


class Vectors:
    """Builds the loads and stores of one piece of code.

    Attributes:
        number, vector: the type of a number, and that of as many as the machine takes at once.
    """

    def __init__(self, builder: Any, itemsize: int) -> None:
        self._builder, self._itemsize = builder, itemsize
        self.number = ir.FloatType() if itemsize == 4 else ir.DoubleType()
        self.vector = ir.VectorType(self.number, machine().lanes(itemsize))

    def at(self, address: Any, *offsets: Any) -> Any:
        """Point at a number; offsets are counts of numbers, known or computed, and add up."""
        index = ir.Constant(INT, 0)
        for offset in offsets:
            known = not isinstance(offset, ir.Value)
            index = self._builder.add(index, ir.Constant(INT, offset) if known else offset)
        return self._builder.gep(self._builder.inttoptr(address, self.number.as_pointer()), [index])

    def load(self, pointer: Any) -> Any:
        """Load a vector that may lie anywhere."""
        loaded = self._builder.load(self._whole(pointer))
        loaded.align = self._itemsize
        return loaded

    def store(self, value: Any, pointer: Any) -> None:
        """Store a vector anywhere."""
        stored = self._builder.store(value, self._whole(pointer))
        stored.align = self._itemsize

    def times(self, value: Any, factor: int) -> Any:
        """Multiply a whole number."""
        return self._builder.mul(value, ir.Constant(INT, factor))

    def multiply_add(self, x: Any, weight: Any, total: Any) -> Any:
        """Give x·weight + total for vectors, with one rounding where the machine can."""
        builder, kind = self._builder, self.vector
        if not machine().fma:
            return builder.fadd(builder.fmul(x, weight), total)
        name = f"llvm.fma.v{kind.count}f{self._itemsize * 8}"
        type_ = ir.FunctionType(kind, [kind] * 3)
        return builder.call(
            cgutils.get_or_insert_function(builder.module, type_, name), [x, weight, total]
        )

    def _whole(self, pointer: Any) -> Any:
        return self._builder.bitcast(pointer, self.vector.as_pointer())


def kernel(write: Callable[[Any, list[Any]], None]) -> Callable[..., None]:
    """Give a function of seven whole numbers for compiled code; `write(builder, arguments)` is it.

    They are `(a, lda, weight, depth, bias, c, ldc)`, of which a, weight, bias and c are addresses.
    """

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        write(builder, list(args))
        return context.get_dummy_value()

    def kernel(
        typing: Any, a: Any, lda: Any, weight: Any, depth: Any, bias: Any, c: Any, ldc: Any
    ) -> Any:
        return types.void(*[types.int64] * 7), codegen

    made: Callable[..., None] = intrinsic(kernel)
    return made
