"""Entry points of installed distributions, read as files: importlib.metadata takes 20 ms to import.

What is laid out in another way than folders `*.dist-info` and `*.egg-info` on the path (a zip
file, an egg, a finder of somebody's own) is left to importlib.metadata, with everything else.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from importlib import import_module
from importlib.machinery import PathFinder
from typing import Any, NamedTuple

_KINDS = (".dist-info", ".egg-info")


class Point(NamedTuple):
    """One entry point: its name, what it names, and the distribution it came with."""

    name: str
    value: str
    distribution: str | None
    version: str | None

    def load(self) -> Any:
        """Import what it names: `module`, or `module:attribute`."""
        module, _, attribute = self.value.partition("[")[0].partition(":")
        found: Any = import_module(module.strip())
        for part in filter(None, attribute.strip().split(".")):
            found = getattr(found, part)
        return found


def points(group: str) -> list[Point]:
    """List the entry points of a group; of two distributions of one name the first one counts."""
    folders = metadata_folders()
    if folders is None:
        return _asked(group)
    found: list[Point] = []
    seen: set[str] = set()
    for folder in folders:
        name = key(os.path.basename(folder).rpartition(".")[0].partition("-")[0])  # noqa: PTH119
        if name not in seen:
            seen.add(name)
            found += _of(folder, group)
    return found


def metadata_folders() -> list[str] | None:
    """List the folders with metadata on the path, in order; None where that is not all there is.

    Their names hold the distributions' names and versions.
    """
    for finder in sys.meta_path:
        if hasattr(finder, "find_distributions") and finder is not PathFinder:
            return None
    found: list[str] = []
    for place in map(str, sys.path):
        try:
            names = os.listdir(place or ".")  # noqa: PTH208 - Path costs more than all the rest
        except NotADirectoryError:
            return None
        except OSError:
            continue
        if place.endswith(".egg"):
            return None
        found += (f"{place or '.'}/{name}" for name in sorted(names) if name.endswith(_KINDS))
    return found


def key(name: str) -> str:
    """Compare names of distributions as packaging does: case, "-", "_" and "." do not count."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def _of(folder: str, group: str) -> list[Point]:
    values: list[tuple[str, str]] = []
    section = ""
    for line in map(str.strip, _text(folder, "entry_points.txt").splitlines()):
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif section == group and line and not line.startswith("#"):
            name, _, value = line.partition("=")
            values.append((name.strip(), value.strip()))
    if not values:
        return []
    head = _text(folder, "METADATA") or _text(folder, "PKG-INFO")
    fields: dict[str, str] = {}
    for line in head.partition("\n\n")[0].splitlines():
        field, _, text = line.partition(":")
        fields.setdefault(field.lower(), text.strip())
    about = fields.get("name"), fields.get("version")
    return [Point(name, value, *about) for name, value in values]


def _text(folder: str, name: str) -> str:
    with suppress(OSError, ValueError), open(f"{folder}/{name}", encoding="utf-8") as file:  # noqa: PTH123
        return file.read()
    return ""


def _asked(group: str) -> list[Point]:
    from importlib.metadata import entry_points

    return [
        Point(
            point.name,
            point.value,
            point.dist.name if point.dist else None,
            point.dist.version if point.dist else None,
        )
        for point in entry_points(group=group)
    ]
