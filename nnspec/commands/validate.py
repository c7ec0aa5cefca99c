"""nnspec validate: syntax, schema, meaning and weights of specs, all faults at once."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nnspec.commands import (
    outside_option,
    plugin_option,
    report_plugins,
    reports_option,
    wants_color,
)
from nnspec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.examine import Options
    from nnspec.validation.files import SpecFile
    from nnspec.validation.reports import Report


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@reports_option("nnspec.diagnostics.renderers")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option(
    "--fix",
    is_flag=True,
    help="Mend what can only be meant in one way: misspelt words, a missing 'nnspec: 1', a weights "
    "file without its sha256. All else stays as it is, byte for byte.",
)
@click.option("--diff", is_flag=True, help="With --fix: print the changes, and write nothing.")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Hold data against the spec, too: columns, NaN, values outside of 'clip'.",
)
@click.option(
    "--only-specs",
    is_flag=True,
    help="Pass over files without the key nnspec, named ones too, as pre-commit needs it.",
)
@click.option(
    "--stdin-filename",
    metavar="NAME",
    help="What messages call standard input; paths in it start at that file's folder.",
)
@plugin_option
@outside_option
def command(
    paths: tuple[str, ...],
    forms: tuple[str, ...],
    strict: bool,
    fix: bool,
    diff: bool,
    data: Path | None,
    only_specs: bool,
    stdin_filename: str | None,
    plugin: tuple[str, ...],
    allow_outside: bool,
) -> int:
    """Check specs: files, folders (searched for *.yaml and *.yml), or - for standard input.

    The exit status is 0 if all are fine, and 1 if one has an error. With --fix, what is left
    after mending counts.

    \b
    Examples:
      nnspec validate spec.yaml
      nnspec validate specs/ --strict
      nnspec validate specs/ --fix --diff
      nnspec validate spec.yaml --data x.csv
      nnspec validate specs/ --format github --format sarif=nnspec.sarif
      cat spec.yaml | nnspec validate - --stdin-filename specs/spec.yaml
    """
    from nnspec.examine import Options
    from nnspec.plugin.manager import load_plugins
    from nnspec.validation import reports
    from nnspec.validation.files import find
    from nnspec.validation.judge import judge

    wanted = reports.parse(forms)
    report_plugins(load_plugins(plugin))
    _check_usage(paths, wanted, fix=fix, diff=diff)
    options = Options(None, plugin, allow_outside, strict=strict)
    files = find(paths, stdin_filename=stdin_filename, only_specs=only_specs)
    if fix:
        _fix(files, options, write=not diff)
    diagnostics = judge(files, options, data)
    if strict:
        diagnostics = [replace(one, severity="error") for one in diagnostics]
    names = sorted(file.name for file in files)
    for report in wanted:
        report.write(diagnostics, names, color=wants_color(sys.stdout.isatty()))
    return int(any(one.severity == "error" for one in diagnostics))


def _check_usage(paths: Sequence[str], wanted: Sequence[Report], *, fix: bool, diff: bool) -> None:
    if diff and not fix:
        raise UsageError("--diff shows what --fix would change; give both")
    if fix and not diff and "-" in paths:
        raise UsageError("standard input cannot be mended in its place; --fix --diff shows how")
    if diff and any(one.target is None and one.form != "text" for one in wanted):
        raise UsageError("--diff prints on standard output; write the report to a file: NAME=FILE")


def _fix(files: Sequence[SpecFile], options: Options, *, write: bool) -> None:
    """Mend the specs in their files, or print how they would change."""
    from nnspec.diagnostics.quote import escape
    from nnspec.fix.change import change

    for file in files:
        found = change(file.name, options, file.text)
        if found is not None and write:
            found.write()
            click.echo(f"mended {escape(file.name)}", err=True)
        elif found is not None:
            click.echo(found.diff())
