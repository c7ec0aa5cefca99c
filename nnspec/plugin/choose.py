"""Choose the engine that runs a network, and say why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.errors import UsageError
from nnspec.records import dataclass

if TYPE_CHECKING:
    from nnspec.plugin.engine import Engine
    from nnspec.plugin.registry import Registry

DEFAULT = "numpy"


@dataclass(frozen=True)
class Choice:
    """An engine, and why it was taken: "asked for"."""

    engine: Engine
    why: str

    def __str__(self) -> str:
        return f"{self.engine.name} ({self.why})"


def choose(wanted: str | None, registry: Registry, deterministic: bool = False) -> Choice:
    """Take the engine that is wanted, else one that is preferred here, else NumPy's.

    Raises:
        UsageError: there is no such engine, or it varies and `deterministic` is asked for.
    """
    engines = registry.engines
    if wanted is None:
        for engine in engines.values():
            if not (deterministic and engine.varies) and (why := engine.preferred()):
                return Choice(engine, why)
        return Choice(engines[DEFAULT], "the default; nnspec[fast] is not installed")
    if wanted not in engines:
        from nnspec.diagnostics.quote import quote
        from nnspec.diagnostics.suggest import did_you_mean

        hint = did_you_mean(wanted, engines) or f"there are {', '.join(engines)}"
        raise UsageError(f"there is no engine {quote(wanted)}; {hint}")
    engine = engines[wanted]
    if deterministic and engine.varies:
        steady = ", ".join(one.name for one in engines.values() if not one.varies)
        raise UsageError(
            f"the engine {wanted} cannot be deterministic: {engine.varies}; take one of {steady}"
        )
    return Choice(engine, "asked for")
