"""What an engine is: a way to turn a plan into something that maps rows to outputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nnspec.plan import Plan


@dataclass(frozen=True)
class Engine:
    """A way to run a network.

    Attributes:
        name: what `--engine` takes.
        compile: `compile(plan)` gives `run(x)`: rows × inputs of the plan's dtype, C-contiguous,
            to a new array rows × outputs; it may be called from many threads at once and never
            writes to x.
        summary: one sentence.
    """

    name: str
    compile: Callable[[Plan], Callable[[NDArray[Any]], NDArray[Any]]]
    summary: str = ""
