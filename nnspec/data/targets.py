"""Which DATA there are, and which file each of them is written to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nnspec.data import formats
from nnspec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator


def expanded(data: tuple[str, ...]) -> Iterator[str]:
    """Replace every folder by the data files in it."""
    for given in data:
        if given.lstrip().startswith("[") or not Path(given).is_dir():
            yield given
            continue
        found = sorted(
            path
            for path in Path(given).iterdir()
            if path.is_file()
            and not path.name.startswith(".")
            and formats.by_suffix(formats.suffix_of(path.name)) is not None
        )
        if not found:
            raise UsageError(f"no data in the folder {given}: {formats.known()} are read")
        yield from map(str, found)


def pairs(data: tuple[str, ...], output: Path | None) -> list[tuple[str, Path | None]]:
    """Match every source with its target: with several, or a folder, each keeps its name."""
    sources = list(expanded(data))
    folder = len(data) > 1 or sources != list(data)
    if not folder and (output is None or not output.is_dir()):
        return [(sources[0], output)]
    if output is None:
        raise UsageError("several DATA, or a folder, need -o FOLDER, which gets a file for each")
    if output.exists() and not output.is_dir():
        raise UsageError(f"several DATA need a folder, and {output} is a file")
    names = [Path(source).name for source in sources]
    for source, name in zip(sources, names, strict=True):
        if source == "-" or source.lstrip().startswith("["):
            raise UsageError("rows without a file name cannot go into a folder; give -o FILE")
        if names.count(name) > 1:
            raise UsageError(f"two of the DATA are called {name}; they would be one file")
    output.mkdir(parents=True, exist_ok=True)
    return [(source, output / name) for source, name in zip(sources, names, strict=True)]
