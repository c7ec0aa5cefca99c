"""Formats of weights files, one per module; each module is a `Format`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from nnspec.weights.archive import Archive


class Format(Protocol):
    """What a module of this folder exports."""

    # The suffixes of its files, in lower case with the dot.
    SUFFIXES: tuple[str, ...]

    # The structure is checked at once; the arrays are read when they are asked for.
    # Anything wrong with the file, whatever its bytes, is a WeightsError of one sentence that
    # begins with the path; a missing package is a MissingExtraError.
    def read(self, path: Path) -> Archive:
        """Open a file and check its structure."""
