"""The forms a trace can take; each module here is one, named by `nnspec trace --format`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from nnspec.show.trace import Trace


class TraceRenderer(Protocol):
    """What a module of this folder exports."""

    # Gives the whole text without a newline at its end.
    def render(self, trace: Trace) -> str:
        """Give the trace as text."""
        ...
