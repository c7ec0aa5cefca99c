"""Paths that a spec names: they stay below its folder or the working directory."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath, PureWindowsPath

from nnspec.diagnostics.quote import quote

URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/|file:|data:", re.IGNORECASE)


def contained(written: str, folder: Path) -> Path:
    """Resolve a path that a stranger wrote, symlinks and all, and see that it stays inside.

    Nothing is looked up in a way that tells whether a file outside exists: the answer depends on
    where the path leads, not on what is there.

    Args:
        written: the path as the spec has it.
        folder: where relative paths start, the spec's own folder.

    Returns:
        The path without symlinks, inside `folder` or the working directory.

    Raises:
        ValueError: with a sentence: the path is absolute, a URL, or leads outside.

    Examples:
        >>> contained("../../etc/passwd", Path("/srv/models"))
        Traceback (most recent call last):
        ValueError: '../../etc/passwd' leads outside the spec's folder and the working directory
    """
    shown = quote(written)
    if not written or "\0" in written:
        raise ValueError(f"{shown} is no path")
    if URL.match(written):
        raise ValueError(f"{shown} is a URL, and nothing is fetched")
    if PurePosixPath(written).is_absolute() or PureWindowsPath(written).anchor:
        raise ValueError(f"{shown} is an absolute path, and a spec names files relative to itself")
    outside = f"{shown} leads outside the spec's folder and the working directory"
    try:
        path = (folder / written).resolve()
        roots = [root.resolve() for root in (folder, Path.cwd())]
    except (OSError, RuntimeError, ValueError) as error:  # a loop of symlinks, a lone surrogate
        raise ValueError(outside) from error
    if not any(path.is_relative_to(root) for root in roots):
        raise ValueError(outside)
    return path
