"""nnspec render: a spec with every default written out."""

from __future__ import annotations

from pathlib import Path

import click

from nnspec.commands import outside_option, plugin_option, print_doubts, report_plugins
from nnspec.errors import SpecError


@click.command()
@click.argument("spec", type=click.Path(path_type=Path), metavar="SPEC")
@plugin_option
@outside_option
def command(spec: Path, plugin: tuple[str, ...], allow_outside: bool) -> None:
    """Print a spec with every default written out, as YAML.

    The result means the same, whatever a later version's defaults are. Comments are not kept.

    \b
    Examples:
      nnspec render specs/textbook.yaml
      nnspec render specs/digits.yaml > whole.yaml
    """
    from nnspec.examine import Options, examine_file
    from nnspec.show.yaml_text import to_yaml
    from nnspec.spec.render import render

    examined = examine_file(spec, Options(None, plugin, allow_outside))
    report_plugins(examined.registry)
    if examined.faulty or examined.spec is None:
        raise SpecError(examined.diagnostics)
    print_doubts(examined.diagnostics)
    click.echo(to_yaml(render(examined.spec)), nl=False)
