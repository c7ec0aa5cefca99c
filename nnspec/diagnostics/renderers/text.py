"""For people: the place and the fault, the source line with a caret, and the cure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.excerpt import excerpt
from nnspec.diagnostics.quote import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.diagnostics.diagnostic import Diagnostic

MOST = 100
"""Diagnostics shown; of the others only the number is told."""
_BOLD, _RED, _YELLOW, _BLUE, _CYAN = "1", "1;31", "1;33", "34", "1;36"


def render(
    diagnostics: Sequence[Diagnostic], *, files: Sequence[str] | None = None, color: bool = False
) -> str:
    """Give each diagnostic as a block, with an empty line between two; the last line counts.

    Without `files` there is no such line.

    Examples:
        >>> from nnspec.diagnostics.diagnostic import Diagnostic
        >>> print(render([Diagnostic("a.yaml", 7, 13, 7, 17, "error", "unknown-activation",
        ...     "unknown activation 'rleu'", "did you mean 'relu'?", source="activation: rleu")]))
        a.yaml:7:13: error[unknown-activation]: unknown activation 'rleu'
         7 | activation: rleu
           |             ^~~~
        help: did you mean 'relu'?
    """
    blocks = [_block(diagnostic, color) for diagnostic in diagnostics[:MOST]]
    if len(diagnostics) > MOST:
        blocks.append(f"and {len(diagnostics) - MOST:,} more")
    report = "\n\n".join(blocks)
    if files is None:
        return report
    return f"{report}\n{_counts(files, diagnostics)}".lstrip("\n")


def _block(diagnostic: Diagnostic, color: bool) -> str:
    def paint(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if color else text

    tone = _RED if diagnostic.severity == "error" else _YELLOW
    place = f"{escape(diagnostic.file)}:{diagnostic.line}:{diagnostic.column}:"
    kind = f"{diagnostic.severity}[{escape(diagnostic.code)}]:"
    lines = [f"{paint(place, _BOLD)} {paint(kind, tone)} {escape(diagnostic.message)}"]
    if diagnostic.source.strip():
        several = diagnostic.end_line > diagnostic.line
        end = len(diagnostic.source) + 1 if several else diagnostic.end_column
        shown, carets = excerpt(diagnostic.source, diagnostic.column, end)
        number = f" {diagnostic.line} |"
        lines.append(f"{paint(number, _BLUE)} {shown}")
        lines.append(f"{paint('|'.rjust(len(number)), _BLUE)} {paint(carets, tone)}")
    if diagnostic.hint:
        lines.append(f"{paint('help:', _CYAN)} {escape(diagnostic.hint)}")
    return "\n".join(lines)


def _counts(files: Sequence[str], diagnostics: Sequence[Diagnostic]) -> str:
    errors = sum(diagnostic.severity == "error" for diagnostic in diagnostics)
    warnings = len(diagnostics) - errors
    counts = [_count(errors, "error"), *([_count(warnings, "warning")] if warnings else [])]
    mendable = sum(diagnostic.mendable for diagnostic in diagnostics)
    cure = f"; {mendable:,} can be mended with --fix" if mendable else ""
    return (
        f"{_count(len(files), 'spec')}: {', '.join(counts) if diagnostics else 'no faults'}{cure}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
