"""For programs: a JSON array with one object a diagnostic."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.diagnostics.diagnostic import Diagnostic


def render(
    diagnostics: Sequence[Diagnostic], *, files: Sequence[str] | None = None, color: bool = False
) -> str:
    """Give all diagnostics as JSON in pure ASCII, so that no text can break the encoding.

    The keys are file, line, column, end_line, end_column, severity, code, message, hint and
    pointer; hint may be null. Nothing is left out, however many there are.

    Examples:
        >>> render([])
        '[]'
    """
    del files, color  # a file for programs has no colours, and names what is faulty only
    return json.dumps([diagnostic.as_dict() for diagnostic in diagnostics], indent=2)
