"""The faults of many specs, in their order, whoever finds them first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nnspec.examine import examine_file, examine_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nnspec.diagnostics.diagnostic import Diagnostic
    from nnspec.examine import Options
    from nnspec.validation.files import SpecFile


def judge(files: Iterable[SpecFile], options: Options) -> list[Diagnostic]:
    """Judge all specs; the diagnostics are sorted by file and place."""
    return sorted(diagnostic for file in files for diagnostic in judge_one(file, options))


def judge_one(file: SpecFile, options: Options) -> tuple[Diagnostic, ...]:
    """Judge one spec, and forget everything but its diagnostics: weights may be large."""
    path = Path(file.name)
    if file.text is None:
        return examine_file(path, options).diagnostics
    return examine_text(file.text, options, name=file.name, folder=path.parent).diagnostics
