"""nnspec validate: syntax, schema, meaning and weights of specs, all faults at once."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from nnspec import folder
from nnspec.commands import outside_option, plugin_option, report_plugins, wants_color


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format",
    "forms",
    multiple=True,
    metavar="NAME[=FILE]",
    help=f"How to report: {', '.join(folder.names('nnspec.diagnostics.renderers'))}; on standard "
    "output or in FILE. May be given several times.  [default: text]",
)
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
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
    only_specs: bool,
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
    files = find(paths, stdin_filename=stdin_filename, only_specs=only_specs)
    diagnostics = judge(files, Options(None, plugin, allow_outside))
    if strict:
        diagnostics = [replace(one, severity="error") for one in diagnostics]
    names = sorted(file.name for file in files)
    for report in wanted:
        report.write(diagnostics, names, color=wants_color(sys.stdout.isatty()))
    return int(any(one.severity == "error" for one in diagnostics))
