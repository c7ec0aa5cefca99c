"""What machine code is made of, by whichever process makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nnspec.engines.numba.scalars import fingerprint, translated
from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

_ARGUMENTS = {
    "run": 7,
    "lead": 10,
    "serve": 1,
    "each": 4,
    "rows": 4,
    "units": 5,
    "units2": 5,
    "pairs": 6,
}


@dataclass(frozen=True)
class Recipe:
    """A piece of machine code, called as `status(result, exception, *arguments)`.

    All arguments are whole numbers; the first two are addresses of eight bytes each. It never
    fails, and does not need Python's lock.

    Attributes:
        kind: `run`, the interpreter; `lead` and `serve`, how threads share it; or a kernel of
            `codegen.kernels`, which applies an activation.
        itemsize: bytes of its numbers, 0 where it has to do with none.
        scalar: the plain function of an activation, with its parameters as defaults.
        single: it is written for single precision.
    """

    kind: str
    itemsize: int = 0
    scalar: Any = None
    single: bool = False

    @property
    def name(self) -> str:
        """Name the code, and all that it depends on beside the sources of this folder."""
        if self.scalar is None:
            return f"{self.kind}-{self.itemsize}"
        precision = "-single" if self.single else ""
        return f"{self.kind}-{self.itemsize}{precision}-{fingerprint(self.scalar)}"

    @property
    def arguments(self) -> int:
        """How many whole numbers it takes."""
        return _ARGUMENTS[self.kind]

    def source(self) -> Callable[..., None]:
        """Give what Numba compiles."""
        made: Any
        if self.scalar is not None:
            from nnspec.engines.numba.codegen import kernels

            function = translated(self.scalar, self.itemsize, single=self.single)
            if self.kind == "each":
                made = kernels.each(function, self.itemsize, single=self.single)
            else:
                made = getattr(kernels, self.kind)(function, self.itemsize)
        elif self.kind == "run":
            from nnspec.engines.numba.codegen.interpret import interpreter

            made = interpreter(self.itemsize)
        else:
            from nnspec.engines.numba.codegen import crew

            made = getattr(crew, self.kind)
        result: Callable[..., None] = made
        return result
