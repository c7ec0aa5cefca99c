"""The file beside a missing one that was probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.quote import quote
from nnspec.diagnostics.suggest import closest

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_COMPARED = 200
"""Names that a misspelt one is compared with, at most."""


def near_file(path: Path, suffixes: Collection[str]) -> str | None:
    """Give the hint for a missing file, or None where no file of its folder comes near.

    Args:
        path: what is missing; its suffix may be wrong.
        suffixes: of the files that can be meant, in small letters.
    """
    try:
        files = sorted(one for one in path.parent.iterdir() if one.suffix.lower() in suffixes)
    except OSError:
        return None
    names = {file.stem: file.name for file in files[:_COMPARED]}
    near = closest(path.stem, names)
    return None if near is None else f"did you mean {quote(names[near])}?"
