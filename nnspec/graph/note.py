"""What a pass has to say: what it did, or why it did not."""

from __future__ import annotations

from nnspec.records import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """One line of `nnspec show` on the passes.

    Attributes:
        name: the pass.
        fired: whether the graph was changed.
        text: what was done; or, where the pattern was there, why it was left alone.
    """

    name: str
    fired: bool
    text: str

    def __str__(self) -> str:
        return f"{self.name}: {self.text}" if self.fired else f"{self.name}: not done, {self.text}"
