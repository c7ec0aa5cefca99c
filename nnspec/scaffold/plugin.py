"""A plugin distribution from its templates."""

from __future__ import annotations

import re
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

import nnspec
from nnspec.data.output import atomic
from nnspec.data.sources import reason
from nnspec.diagnostics.quote import escape, quote
from nnspec.errors import OutputError, UsageError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

SUFFIX = ".in"
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LONGEST = 50


def render(name: str) -> dict[str, str]:
    """Fill in the templates for the plugin nnspec-NAME: path → text.

    In a template `$name` stands for the name, `$activation` for it with underscores, `$module`
    for the module, which also takes the place of "module" in a path; `$version` is nnspec's.

    Raises:
        UsageError: the name is not made of lower-case letters, digits and single hyphens.

    Examples:
        >>> sorted(render("soft-clip"))
        ['README.md', 'nnspec_soft_clip.py', 'pyproject.toml', 'tests/test_nnspec_soft_clip.py']
    """
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        raise UsageError(
            f"{quote(name)} cannot be a plugin's name: lower-case letters, digits and single "
            f"hyphens, a letter first, {_LONGEST} characters at most"
        )
    if name.startswith("nnspec-"):
        raise UsageError(f"leave 'nnspec-' out of {quote(name)}: it is put before the name")
    activation = activation_name(name)
    words = {
        "name": name,
        "activation": activation,
        "module": f"nnspec_{activation}",
        "version": nnspec.__version__,
    }
    folder = files("nnspec.scaffold").joinpath("templates", "plugin")
    return {
        path.removesuffix(SUFFIX).replace("module", words["module"]): Template(text).substitute(
            words
        )
        for path, text in _texts(folder).items()
    }


def activation_name(name: str) -> str:
    """Give the name of the plugin's activation, as a spec writes it."""
    return name.replace("-", "_")


def write(name: str, folder: Path) -> None:
    """Write the distribution nnspec-NAME into a folder that is new or empty.

    Raises:
        UsageError: the name cannot be a plugin's.
        OutputError: the folder is not empty, or cannot be written.
    """
    texts = render(name)
    shown = escape(str(folder))
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise OutputError(f"{shown} exists already and is not empty; nothing was written")
        for path in texts:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:  # a zero byte in the path is a ValueError
        raise OutputError(f"cannot write {shown}: {reason(error)}") from error
    for path, text in texts.items():
        with atomic(folder / path) as file:
            file.write(text.encode())


def _texts(folder: Traversable, prefix: str = "") -> dict[str, str]:
    texts: dict[str, str] = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            texts |= _texts(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(SUFFIX):
            texts[prefix + entry.name] = entry.read_text("utf-8")
    return texts
