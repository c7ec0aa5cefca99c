"""A spec to start from: a template with made-up sizes, or one that was inferred."""

from __future__ import annotations

import os
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from nnspec.data.output import atomic
from nnspec.diagnostics.quote import escape
from nnspec.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path


def template(path: Path) -> str:
    """Give a commented spec with made-up sizes."""
    return fill("plain", file=comment(path.name))


def write(path: Path, text: str) -> None:
    """Write a new file.

    Raises:
        OutputError: it is there already, or cannot be written.
    """
    if os.path.lexists(path):
        raise OutputError(f"{escape(str(path))} exists already; nothing was written")
    with atomic(path) as file:
        file.write(text.encode())


def fill(name: str, **words: object) -> str:
    """Fill in a template of `templates/spec/`."""
    folder = files("nnspec.scaffold").joinpath("templates", "spec")
    text = folder.joinpath(f"{name}.yaml.in").read_text("utf-8")
    return Template(text).substitute(words).rstrip() + "\n"


def comment(text: str) -> str:
    """Put foreign text on one line of a comment."""
    return escape(text)[:200]
