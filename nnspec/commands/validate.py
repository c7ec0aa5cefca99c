"""nnspec validate: syntax, schema, meaning and weights of specs, all faults at once."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nnspec.commands import outside_option, plugin_option, print_diagnostics, report_plugins
from nnspec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nnspec.diagnostics.diagnostic import Diagnostic
    from nnspec.examine import Examined, Options

_IS_SPEC = re.compile(rb"^(\xef\xbb\xbf)?[\"']?nnspec[\"']?[ \t]*:", re.MULTILINE)
_ENOUGH = 1 << 20
"""A spec's first key stands within this many bytes; longer files are some other data."""


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to write the diagnostics.",
)
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option(
    "--stdin-filename",
    metavar="NAME",
    help="What messages call standard input; paths in it start at that file's folder.",
)
@plugin_option
@outside_option
def command(
    paths: tuple[str, ...],
    form: str,
    strict: bool,
    stdin_filename: str | None,
    plugin: tuple[str, ...],
    allow_outside: bool,
) -> int:
    """Check specs: files, folders (searched for *.yaml and *.yml), or - for standard input.

    The exit status is 0 if all are fine, and 1 if one has an error.

    \b
    Examples:
      nnspec validate spec.yaml
      nnspec validate specs/ --strict
      nnspec validate spec.yaml --format json
      cat spec.yaml | nnspec validate - --stdin-filename specs/spec.yaml
    """
    from nnspec.diagnostics.renderers import json
    from nnspec.examine import Options
    from nnspec.plugin.manager import load_plugins

    report_plugins(load_plugins(plugin))
    options = Options(None, plugin, allow_outside)
    examined = list(_examine(paths, options, stdin_filename))
    diagnostics = sorted(one for spec in examined for one in spec.diagnostics)
    if form == "json":
        click.echo(json.render(diagnostics))
    else:
        print_diagnostics(diagnostics, to_stdout=True)
        click.echo(_summary(len(examined), diagnostics))
    faulty = {"error", "warning"} if strict else {"error"}
    return int(any(one.severity in faulty for one in diagnostics))


def _examine(
    paths: Iterable[str], options: Options, stdin_filename: str | None
) -> Iterator[Examined]:
    from nnspec.examine import examine_file, examine_text

    for given in paths:
        if given == "-":
            name = stdin_filename or "<stdin>"
            folder = Path(stdin_filename).parent if stdin_filename else Path()
            yield examine_text(sys.stdin.buffer.read(), options, name=name, folder=folder)
        elif Path(given).is_dir():
            found = list(_specs(Path(given)))
            if not found:
                raise UsageError(
                    f"no spec in the folder {given}: none of its *.yaml and *.yml has a key nnspec"
                )
            for path in found:
                yield examine_file(path, options)
        else:
            yield examine_file(Path(given), options)


def _specs(folder: Path) -> Iterator[Path]:
    """Find the specs under a folder: YAML files that hold the key `nnspec`."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if path.suffix.lower() in {".yaml", ".yml"} and path.is_file():
                try:
                    with path.open("rb") as file:
                        holds_key = _IS_SPEC.search(file.read(_ENOUGH))
                except OSError:
                    holds_key = None  # an unreadable file that nobody named is not a spec
                if holds_key:
                    yield path


def _summary(specs: int, diagnostics: Sequence[Diagnostic]) -> str:
    errors = sum(one.severity == "error" for one in diagnostics)
    warnings = len(diagnostics) - errors
    counts = [_count(errors, "error"), *([_count(warnings, "warning")] if warnings else [])]
    return f"{_count(specs, 'spec')}: {', '.join(counts) if diagnostics else 'no faults'}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
