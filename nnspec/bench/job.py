"""What a process is told: which network, which of the contenders, and where the rows are."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nnspec.bench.peers import peers
from nnspec.bench.rows import Rows
from nnspec.examine import Options
from nnspec.model import load
from nnspec.plugin.engine import WarmingRun
from nnspec.records import dataclass

if TYPE_CHECKING:
    from nnspec.model import Model
    from nnspec.plugin.engine import Run


@dataclass(frozen=True)
class Network:
    """A spec and how it is to be read, as `nnspec.load` takes them."""

    spec: str
    weights: str | None = None
    plugins: tuple[str, ...] = ()
    allow_outside: bool = False

    @property
    def options(self) -> Options:
        """How to examine it."""
        weights = None if self.weights is None else Path(self.weights)
        return Options(weights, self.plugins, self.allow_outside)

    def load(self, engine: str | None = None) -> Model:
        """Load it."""
        return load(
            self.spec,
            weights=self.weights,
            engine=engine,
            plugins=self.plugins,
            allow_outside=self.allow_outside,
        )


@dataclass(frozen=True)
class Job:
    """One process's work.

    Attributes:
        name: an engine, or a peer, which is meant where both have the name.
        rows: what all compute.
    """

    name: str
    network: Network
    rows: Rows

    def to_json(self) -> str:
        """Write it as one line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str) -> Job:
        """Read what `to_json` wrote."""
        fields = json.loads(line)
        network = Network(**fields["network"])
        plugins = tuple(network.plugins)
        return cls(fields["name"], replace(network, plugins=plugins), Rows(**fields["rows"]))

    def run(self) -> tuple[Run, str]:
        """Make what is to be measured, and tell why something else answers for it, if so."""
        peer = peers().get(self.name)
        if peer is not None:
            return peer.make(self.network.load()), ""
        run = self.network.load(self.name).program("outputs")
        if isinstance(run, WarmingRun) and not run.wait():
            return run, run.reason
        return run, ""
