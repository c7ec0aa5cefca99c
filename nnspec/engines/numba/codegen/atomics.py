"""Words that several threads read and write, and how to wait for one of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from llvmlite import binding, ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD = ir.IntType(64)


def _at(builder: Any, address: Any) -> Any:
    return builder.inttoptr(address, _WORD.as_pointer())


def _read(typing: Any, address: Any) -> Any:
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.load_atomic(_at(builder, args[0]), "acquire", 8)

    return types.int64(types.int64), codegen


def _write(typing: Any, address: Any, value: Any) -> Any:
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        builder.store_atomic(args[1], _at(builder, args[0]), "release", 8)
        return context.get_dummy_value()

    return types.void(types.int64, types.int64), codegen


def _take(typing: Any, address: Any) -> Any:
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.atomic_rmw("add", _at(builder, args[0]), ir.Constant(_WORD, 1), "acq_rel")

    return types.int64(types.int64), codegen


def _exchange(typing: Any, address: Any, expected: Any, value: Any) -> Any:
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        both = builder.cmpxchg(_at(builder, args[0]), args[1], args[2], "acq_rel", "acquire")
        return builder.extract_value(both, 1)

    return types.boolean(types.int64, types.int64, types.int64), codegen


def _rest(typing: Any) -> Any:
    """What a core likes to hear in a loop that waits: it saves power, and helps its twin."""
    yielding: tuple[str, list[Any]] = "llvm.aarch64.hint", [ir.Constant(ir.IntType(32), 1)]
    known = {"x86_64": ("llvm.x86.sse2.pause", []), "aarch64": yielding, "arm64": yielding}
    architecture = binding.get_process_triple().split("-")[0]
    name, operands = known.get(architecture, ("llvm.donothing", []))

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kind = ir.FunctionType(ir.VoidType(), [one.type for one in operands])
        builder.call(cgutils.get_or_insert_function(builder.module, kind, name), operands)
        return context.get_dummy_value()

    return types.void(), codegen


def _give_way(typing: Any) -> Any:
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kind = ir.FunctionType(ir.IntType(32), [])
        name = "SwitchToThread" if os.name == "nt" else "sched_yield"
        builder.call(cgutils.get_or_insert_function(builder.module, kind, name), [])
        return context.get_dummy_value()

    return types.void(), codegen


read: Callable[[int], int] = intrinsic(_read)
"""The word at an address, and with it all that was written before it was."""
write: Callable[[int, int], None] = intrinsic(_write)
"""Set a word, after all that was written before."""
take: Callable[[int], int] = intrinsic(_take)
"""Take the next number of a counter that other threads count on too."""
exchange: Callable[[int, int, int], bool] = intrinsic(_exchange)
"""Set a word to the last argument if it is the one before; tell whether it was."""
rest: Callable[[], None] = intrinsic(_rest)
give_way: Callable[[], None] = intrinsic(_give_way)
"""Let another thread have this core, where one waits for it."""
