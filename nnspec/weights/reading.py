"""A weights file of any format, opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from nnspec import folder
from nnspec.diagnostics.quote import escape, quote
from nnspec.errors import WeightsError

if TYPE_CHECKING:
    from pathlib import Path

    from nnspec.weights.archive import Archive
    from nnspec.weights.formats import Format


_FORMATS = "nnspec.weights.formats"


def formats() -> dict[str, Format]:
    """Map each suffix that is known to its format.

    Examples:
        >>> sorted(formats())
        ['.h5', '.hdf5', '.npz', '.safetensors']
    """
    modules = folder.modules(_FORMATS)
    known = [cast("Format", module) for module in modules]
    return {suffix: module for module in known for suffix in module.SUFFIXES}


def format_of(path: Path) -> Format | None:
    """Find the format of a file by its suffix; None if there is none."""
    return cast("Format | None", folder.by_suffix(_FORMATS, path.suffix))


def read(path: Path) -> Archive:
    """Open a weights file by its suffix.

    Raises:
        WeightsError: no format has that suffix, or the file is not sound.
        MissingExtraError: the format needs an optional package.
    """
    format_ = format_of(path)
    if format_ is None:
        *others, last = sorted(formats())
        raise WeightsError(
            f"{escape(str(path))}: weights are read from {', '.join(others)} and {last} files, "
            f"not from {quote(path.suffix) if path.suffix else 'one without a suffix'}"
        )
    return format_.read(path)
