"""The forms that the report of `nnspec test` can take; each module here is one, for `--format`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.cases.report import SpecReport


class Renderer(Protocol):
    """What a module of this folder exports."""

    # Gives the whole report without a newline at its end. `verbose` asks for what a person wants
    # to see of checks that passed; forms for machines have everything always.
    def render(self, reports: Sequence[SpecReport], *, verbose: bool = False) -> str:
        """Give the report as text."""
        ...
