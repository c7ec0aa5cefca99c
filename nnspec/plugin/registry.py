"""What is registered, who provided it, and what went wrong: the result of loading plugins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nnspec.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nnspec.plugin.activation import Activation
    from nnspec.plugin.engine import Engine
    from nnspec.plugin.layer import Layer
    from nnspec.plugin.rule import Rule

Status = Literal["loaded", "blocked", "failed"]
Kind = Literal["activation", "layer", "rule", "engine"]


@dataclass(frozen=True)
class Provider:
    """A plugin: nnspec itself, an installed distribution, or a file given with `--plugin`.

    Attributes:
        name: the entry point's name, the file, or "nnspec" for what is built in.
        distribution: the distribution it came with, None for a loose file or module.
        version: that distribution's version.
        status: loaded, blocked by the environment, or failed.
        problem: for one that failed: what happened, in a sentence.
        hooks: the hooks that it implements.
        provides: (kind, name) of all that it gave.
    """

    name: str
    distribution: str | None = None
    version: str | None = None
    status: Status = "loaded"
    problem: str | None = None
    hooks: tuple[str, ...] = ()
    provides: tuple[tuple[Kind, str], ...] = ()

    def __str__(self) -> str:
        """Name it as a person would: nnspec-mish 0.1.0, or the file."""
        return f"{self.distribution} {self.version}" if self.distribution else self.name


@dataclass(frozen=True, eq=False)
class Registry:
    """All that a spec can name.

    Attributes:
        activations, layers, engines: canonical name → what is registered.
        rules: the checks beyond the schema.
        aliases: any name of an activation → its canonical name.
        providers: every plugin found, the failed and the blocked ones too.
        origins: (kind, canonical name) → who gave it.
        conflicts: (kind, name) → the two that both claim it; using that name is an error.
    """

    activations: Mapping[str, Activation] = field(default_factory=dict)
    layers: Mapping[str, Layer] = field(default_factory=dict)
    engines: Mapping[str, Engine] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    providers: tuple[Provider, ...] = ()
    origins: Mapping[tuple[Kind, str], Provider] = field(default_factory=dict)
    conflicts: Mapping[tuple[Kind, str], tuple[Provider, Provider]] = field(default_factory=dict)

    def activation(self, name: str) -> Activation | None:
        """Look an activation up by its name or by an alias; None if there is none."""
        canonical = self.aliases.get(name)
        return None if canonical is None else self.activations[canonical]
