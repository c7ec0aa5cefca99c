"""Two networks side by side: what differs in structure, in weights, and in what comes out.

two models → structure.py, weights.py, outputs.py → Comparison → text.py or json.py
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.records import dataclass

if TYPE_CHECKING:
    from nnspec.show.diff.outputs import Drift
    from nnspec.show.diff.structure import Setting
    from nnspec.show.diff.weights import ArrayPair


@dataclass(frozen=True)
class Comparison:
    """What differs between two networks.

    Attributes:
        names: the two specs, as messages call them.
        structure: settings that differ.
        weights: every array of either; None where a spec has no weights.
        outputs: every layer that both have, in order; None where nothing was run.
    """

    names: tuple[str, str]
    structure: tuple[Setting, ...]
    weights: tuple[ArrayPair, ...] | None = None
    outputs: tuple[Drift, ...] | None = None

    @property
    def equal(self) -> bool:
        """Whether nothing differs, weights and outputs to the bit."""
        return (
            not self.structure
            and all(pair.equal for pair in self.weights or ())
            and all(drift.equal for drift in self.outputs or ())
        )
