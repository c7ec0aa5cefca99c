"""For GitLab: a Code Quality report, shown in a merge request.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nnspec.diagnostics.fingerprint import fingerprints
from nnspec.diagnostics.location import relative
from nnspec.diagnostics.quote import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.diagnostics.diagnostic import Diagnostic

_SEVERITIES = {"error": "major", "warning": "minor"}


def render(
    diagnostics: Sequence[Diagnostic], *, files: Sequence[str] | None = None, color: bool = False
) -> str:
    """Give a JSON array in pure ASCII with an issue for each diagnostic.

    Examples:
        >>> render([])
        '[]'
    """
    del files, color
    return json.dumps(list(map(_issue, diagnostics, fingerprints(diagnostics))), indent=2)


def _issue(diagnostic: Diagnostic, fingerprint: str) -> dict[str, Any]:
    message = diagnostic.message
    if diagnostic.hint:
        message += f" (help: {diagnostic.hint})"
    return {
        "type": "issue",
        "check_name": escape(diagnostic.code),
        "description": escape(message),
        "categories": ["Bug Risk"],
        "severity": _SEVERITIES[diagnostic.severity],
        "fingerprint": fingerprint,
        "location": {
            "path": escape(relative(diagnostic.file)),
            "lines": {"begin": diagnostic.line, "end": diagnostic.end_line},
        },
    }
