"""What was measured: for each contender and number of rows the seconds of every turn."""

from __future__ import annotations

import math
import statistics
from typing import TYPE_CHECKING, Literal

from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["engine", "peer", "roof"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A contender with some rows.

    Attributes:
        kind: an engine of nnspec, a peer, or the roof: a part of the work that others have.
        seconds: of a call, in each turn.
        flops: floating-point operations of a call.
        difference: the largest of its outputs from those of float64; None without outputs.
    """

    name: str
    kind: Kind
    rows: int
    seconds: tuple[float, ...]
    flops: int
    difference: float | None

    @property
    def median(self) -> float:
        """Half of the turns took longer."""
        return statistics.median(self.seconds)

    @property
    def quartiles(self) -> tuple[float, float]:
        """The middle half of the turns lies between these."""
        if len(self.seconds) == 1:
            return self.seconds[0], self.seconds[0]
        low, _, high = statistics.quantiles(self.seconds, n=4, method="inclusive")
        return low, high

    @property
    def gflops(self) -> float:
        """Billions of operations a second, by the median."""
        return self.flops / self.median / 1e9


@dataclass(frozen=True, slots=True)
class Ratio:
    """nnspec's fastest engine against the fastest peer, by their medians.

    Attributes:
        value: the engine's time as a part of the peer's: below 1 nnspec is faster.
    """

    rows: int
    engine: str
    peer: str
    value: float


@dataclass(frozen=True)
class Report:
    """A network measured.

    Attributes:
        turns: how many each cell has.
        cores: of the machine, as far as this process may use them.
        cells: by rows, then in the order of the contenders.
        left_out: (contender, why) of those that were not measured.
        notes: sentences on how to read it.
    """

    network: str
    dtype: str
    flops: int
    turns: int
    cores: int
    cells: tuple[Cell, ...]
    left_out: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def ratios(self) -> tuple[Ratio, ...]:
        """For each number of rows; none where engines or peers are missing."""
        found = []
        for rows in dict.fromkeys(cell.rows for cell in self.cells):
            engine, peer = self._best(rows, "engine"), self._best(rows, "peer")
            if engine is not None and peer is not None:
                value = engine.median / peer.median
                found.append(Ratio(rows, engine.name, peer.name, value))
        return tuple(found)

    def _best(self, rows: int, kind: Kind) -> Cell | None:
        cells = [cell for cell in self.cells if cell.rows == rows and cell.kind == kind]
        return min(cells, key=lambda cell: cell.median, default=None)


def geometric_mean(ratios: Sequence[Ratio]) -> float:
    """Give the mean that treats twice and half alike.

    Examples:
        >>> geometric_mean([Ratio(1, "numba", "torch", 0.5), Ratio(64, "numba", "torch", 2.0)])
        1.0
    """
    return math.exp(statistics.fmean(math.log(ratio.value) for ratio in ratios))
