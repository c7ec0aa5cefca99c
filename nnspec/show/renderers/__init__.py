"""The forms a summary can take; each module here is one, named by `nnspec show --format`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from nnspec.show.summary import Summary


class SummaryRenderer(Protocol):
    """What a module of this folder exports."""

    # Gives the whole text without a newline at its end.
    def render(self, summary: Summary) -> str:
        """Give the summary as text."""
        ...
