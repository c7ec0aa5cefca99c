"""What an engine is: a way to turn a plan into something that maps rows to outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable

from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nnspec.plan import Plan

Run: TypeAlias = "Callable[[NDArray[Any]], NDArray[Any]]"
"""Takes rows × inputs of the plan's dtype, C-contiguous, and gives a new array rows × outputs.

It may be called from many threads at once and never writes to its argument.
"""


@dataclass(frozen=True)
class Engine:
    """A way to run a network.

    Attributes:
        name: what `--engine` takes.
        compile: `compile(plan)` gives a `Run`, which may be a `WarmingRun`.
        summary: one sentence; `nnspec show` and `nnspec run --verbose` tell it, too.
        preferred: why it runs what nobody chose an engine for, "" if it does not.
        varies: why the bits of a row may depend on the rows beside it, as "sums are ordered by the
            number of rows"; "" where they never do. `deterministic` refuses an engine that varies.
    """

    name: str
    compile: Callable[[Plan], Run]
    summary: str = ""
    preferred: Callable[[], str] = str
    varies: str = ""


@runtime_checkable
class WarmingRun(Protocol):
    """A `Run` that something else may answer for: until it is ready, or for ever.

    Attributes:
        reason: why something else answers, as a sentence: "it is being compiled"; "" once the
            engine itself does.
    """

    reason: str

    def __call__(self, x: NDArray[Any], /) -> NDArray[Any]:
        """Run the rows of x."""

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until what runs will change no more; tell whether it is the engine itself.

        `deterministic=True` calls it before the first row, since another engine may round
        otherwise.
        """
