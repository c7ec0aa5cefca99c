"""What the machine at hand can hold in its vector registers."""

from __future__ import annotations

from functools import cache

from nnspec.records import dataclass

_AVX512 = {"avx512f", "avx512dq", "avx512vl"}


@dataclass(frozen=True)
class Machine:
    """The shape of a micro-kernel.

    Attributes:
        bytes: the width of a vector.
        rows: how many rows the four kernels take, falling to 1; the largest keeps its sums, two
            vectors of weights and one number of x in registers.
        fma: it multiplies and adds with one rounding.
    """

    bytes: int
    rows: tuple[int, ...]
    fma: bool

    def lanes(self, itemsize: int) -> int:
        """Count the numbers in a vector."""
        return self.bytes // itemsize


_used: list[Machine] = []


def use(machine: Machine) -> None:
    """Take this for the machine at hand: another process has asked, and the code is for that."""
    _used[:] = [machine]


def machine() -> Machine:
    """Give the machine that code is made for."""
    return _used[0] if _used else _found()


@cache
def _found() -> Machine:
    """Ask LLVM what this processor has.

    AVX-512 has 32 registers of 64 bytes, AVX2 16 of 32, NEON 32 of 16, SSE 16 of 16.
    """
    from llvmlite import binding

    features = {name for name, there in binding.get_host_cpu_features().items() if there}
    return choose(features, binding.get_process_triple().split("-")[0])


def choose(features: set[str], architecture: str) -> Machine:
    """Choose the shape for a processor.

    Examples:
        >>> choose({"avx2", "fma"}, "x86_64")
        Machine(bytes=32, rows=(6, 4, 2, 1), fma=True)
        >>> choose(set(), "aarch64")
        Machine(bytes=16, rows=(8, 4, 2, 1), fma=True)
    """
    if features >= _AVX512:
        return Machine(64, (8, 4, 2, 1), True)
    if {"avx2", "fma"} <= features:
        return Machine(32, (6, 4, 2, 1), True)
    if architecture in {"aarch64", "arm64"}:
        return Machine(16, (8, 4, 2, 1), True)
    return Machine(16, (4, 3, 2, 1), False)
