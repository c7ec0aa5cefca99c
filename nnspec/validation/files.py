"""Which specs are meant: files as they are named, folders by what they hold, standard input."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nnspec.diagnostics.quote import escape
from nnspec.errors import UsageError
from nnspec.records import dataclass, field
from nnspec.source.file import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_KEY = re.compile(rb"(?:\A|(?<=[\r\n]))(?:\xef\xbb\xbf)?(?:\{\s*)?[\"']?nnspec[\"']?[ \t]*:")
"""The key at the first level: of a block, or the first of a mapping in braces."""
_ENOUGH = 1 << 20
"""A spec's first key stands within this many bytes; longer files are some other data."""
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class SpecFile:
    """One spec to judge.

    Attributes:
        name: what messages call it; its folder is where relative paths in it start.
        text: what came through standard input; None for a file, which is read when it is judged.
    """

    name: str
    text: bytes | None = field(default=None, repr=False)


def find(
    paths: Iterable[str], *, stdin_filename: str | None = None, only_specs: bool = False
) -> list[SpecFile]:
    """Find the specs that paths mean, each once, in the order of the paths and of their names.

    A folder means the YAML files below it that hold the key `nnspec`, hidden folders aside. "-"
    is standard input. With `only_specs`, named files without that key are passed over, too.

    Raises:
        UsageError: a folder holds no spec, unless `only_specs` says that this is fine.
    """
    found: dict[str, SpecFile] = {}
    for given in paths:
        if given == "-":
            name = stdin_filename or "<stdin>"
            found.setdefault("-", SpecFile(name, sys.stdin.buffer.read(MAX_BYTES + 1)))
            continue
        for path in _below(Path(given), only_specs):
            found.setdefault(os.path.abspath(path), SpecFile(str(path)))  # noqa: PTH100 - keeps links
    return list(found.values())


def _below(path: Path, only_specs: bool) -> Iterable[Path]:
    if not path.is_dir():
        return [path] if not only_specs or not path.is_file() or _holds_key(path) else []
    specs = list(_search(path))
    if not specs and not only_specs:
        raise UsageError(
            f"no spec in the folder {escape(str(path))}: none of its *.yaml and *.yml has a key "
            "nnspec"
        )
    return specs


def _search(folder: Path) -> Iterator[Path]:
    """Walk a folder; a link out of it leads to files that nobody named, and is passed by."""
    root = folder.resolve()
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if path.suffix.lower() not in {".yaml", ".yml"} or not path.is_file():
                continue  # among what is no file are links in a circle
            inside = not path.is_symlink() or path.resolve().is_relative_to(root)
            if inside and _holds_key(path):
                yield path


def _holds_key(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(_ENOUGH)
    except OSError:
        return False  # an unreadable file that nobody named is not a spec
    if head.startswith(_UTF16):
        head = head[2:].replace(b"\0", b"")
    return _KEY.search(head) is not None
