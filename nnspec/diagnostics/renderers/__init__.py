"""The forms a list of diagnostics can take; each module here is one, named by `--format`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.diagnostics.diagnostic import Diagnostic


class Renderer(Protocol):
    """What a module of this folder exports."""

    # Takes the diagnostics in the order they are to be shown, and gives the whole report
    # without a newline at its end. Renderers only render: they neither sort nor filter.
    # `files` names all that was checked, the files without a fault too; None where the
    # diagnostics are no report of a check. `color` asks for the colours of a terminal; forms
    # for machines pay no heed to it.
    def render(
        self,
        diagnostics: Sequence[Diagnostic],
        *,
        files: Sequence[str] | None = None,
        color: bool = False,
    ) -> str:
        """Give the report as text."""
        ...
