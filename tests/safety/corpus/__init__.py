"""A corpus of hostile, odd, and odd but valid files, made by code: one module for each kind of file.

Every case is what a stranger may put into a folder, one command on it, and the right verdict. A
module exports `CASES`; it need not be listed anywhere.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Content = bytes | str | Callable[[Path], object]

SPEC = """\
nnspec: 1
task: regression
input: 2
layers: []
output: 1
weights: {weights}
"""
VALUES = "{values: {output.weight: [[1], [1]], output.bias: [0]}}"
SUM = SPEC.format(weights=VALUES)
"""A network that adds its two inputs."""


@dataclass(frozen=True)
class Case:
    """Files, a command on them, and what has to come of it.

    Attributes:
        name: what is odd.
        files: name → bytes, text, or a function that makes something at the path given.
        status: the exit status; -1 where 0 and 1 are both right.
        says: what stands somewhere in the output, on either stream.
        command: the arguments of `nnspec`.
        stdin: standard input.
        folder: where it runs, below the one that the files are put into.
    """

    name: str
    files: Mapping[str, Content]
    status: int
    says: str = ""
    command: tuple[str, ...] = ("validate", "spec.yaml")
    stdin: bytes = b""
    folder: str = "."

    def lay(self, folder: Path) -> None:
        """Put the files into a folder."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if callable(content):
                content(path)
            else:
                path.write_bytes(content.encode() if isinstance(content, str) else content)


EVERY = 1 if os.environ.get("NNSPEC_SAFETY") == "all" else 3
"""`make test` takes every third case and bit, to stay quick; `make safety` takes all."""


def chosen() -> dict[str, Case]:
    """Give the cases that are to be run this time."""
    return dict(list(cases().items())[::EVERY])


def cases() -> dict[str, Case]:
    """Give all cases by kind and name."""
    found: dict[str, Case] = {}
    for module in pkgutil.iter_modules(__path__):
        for case in importlib.import_module(f"{__name__}.{module.name}").CASES:
            name = f"{module.name}: {case.name}"
            assert name not in found, name
            found[name] = case
    return found
