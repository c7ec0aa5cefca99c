"""For GitHub Actions: workflow commands, which become annotations on a pull request.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.location import relative
from nnspec.diagnostics.quote import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.diagnostics.diagnostic import Diagnostic


def render(
    diagnostics: Sequence[Diagnostic], *, files: Sequence[str] | None = None, color: bool = False
) -> str:
    """Give each diagnostic as one line.

    Examples:
        >>> from nnspec.diagnostics.diagnostic import Diagnostic
        >>> print(render([Diagnostic("50%.yaml", 7, 3, 7, 8, "error", "unknown-key",
        ...                          "unknown key 'dtpye'", "did you mean 'dtype'?")]))
        ::error file=50%25.yaml,line=7,endLine=7,col=3,endColumn=8,title=nnspec
        unknown-key::unknown key 'dtpye'%0Ahelp: did you mean 'dtype'?
    """
    del files, color  # the runner paints, and counts
    return "\n".join(map(_command, diagnostics))


def _command(diagnostic: Diagnostic) -> str:
    properties = {
        "file": relative(diagnostic.file),
        "line": diagnostic.line,
        "endLine": diagnostic.end_line,
        "col": diagnostic.column,
        "endColumn": diagnostic.end_column,
        "title": f"nnspec {diagnostic.code}",
    }
    if diagnostic.end_line > diagnostic.line:  # GitHub takes columns within one line only
        del properties["col"], properties["endColumn"]
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    message = escape(diagnostic.message)
    if diagnostic.hint:
        message += f"\nhelp: {escape(diagnostic.hint)}"
    return f"::{diagnostic.severity} {listed}::{_data(message)}"


def _data(text: str) -> str:
    # The percent sign first, or those of the other two would be encoded once more.
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(escape(text)).replace(":", "%3A").replace(",", "%2C")
