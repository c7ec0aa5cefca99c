"""What a text says, kept between runs: what was read without a fault is not parsed again.

PyYAML and what reads its events take 20 ms to import, a tenth of a run. The places of keys and
values are not kept: they are looked up in the text when something is wrong, and then it is parsed.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING, Any, Literal

from nnspec import cache

if TYPE_CHECKING:
    from pathlib import Path

    from nnspec.diagnostics.diagnostic import Span
    from nnspec.source.text import Source

MOST = 1000
"""Texts whose data are kept."""
LONGEST = 1 << 16
"""Characters of such a text: 64 MiB in all, at most."""


def recall(text: str) -> Any:
    """Give the data of a text that was kept; None where none were."""
    place, name = _place(text), _name(text)
    content = place and cache.read(place, name)
    if not content:
        return None
    written, _, data = content.decode().partition("\n")
    return json.loads(data) if written == name else None


def keep(text: str, data: Any) -> None:
    """Keep the data of a text in which there is no fault, if JSON holds them as they are."""
    place = _place(text)
    if place is None:
        return
    try:
        written = json.dumps(data)
        same = json.loads(written) == data
    except (ValueError, RecursionError):  # an integer of more digits than Python reads
        return
    if same and len(written) <= LONGEST:
        name = _name(text)
        cache.write(place, name, f"{name}\n{written}".encode(), most=MOST)


class LaterPlaces(Mapping[str, "Span"]):
    """The places of keys or values by JSON pointer; the first question has the text parsed."""

    def __init__(self, source: Source, of: Literal["keys", "values"]) -> None:
        self._source, self._of = source, of

    @cached_property
    def _places(self) -> Mapping[str, Span]:
        from nnspec.source.nodes import KeyPlaces, ValuePlaces
        from nnspec.source.parse import tree

        root, _ = tree(self._source)
        assert root is not None, "a text is kept when it has been parsed without a fault"
        return KeyPlaces(root) if self._of == "keys" else ValuePlaces(root)

    def __getitem__(self, pointer: str) -> Span:
        return self._places[pointer]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _place(text: str) -> Path | None:
    folder = cache.folder() if len(text) <= LONGEST else None
    return folder and folder / "documents"


def _name(text: str) -> str:
    return cache.digest(f"{_reader()}\n{text}".encode()).hex()


@lru_cache(maxsize=1)
def _reader() -> str:
    """Name what reads a text: Python, this folder's code, and PyYAML by its file of the version."""
    found = PathFinder.find_spec("yaml")
    status = os.stat(found.origin) if found and found.origin else None  # noqa: PTH116
    version = status and (status.st_size, status.st_mtime_ns)
    return repr((sys.version, cache.code("source"), version))
