"""nnspec new-plugin: a plugin distribution to start from, with tests that pass."""

from __future__ import annotations

from pathlib import Path

import click

from nnspec.errors import UsageError


@click.command()
@click.argument("name")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where to write it; nnspec-NAME when absent. It must be new or empty.",
)
def command(name: str, folder: Path | None) -> None:
    """Write a plugin: a distribution nnspec-NAME with one activation, its tests and a README.

    \b
    Examples:
      nnspec new-plugin soft-clip
      nnspec new-plugin soft-clip --folder ~/plugins/soft-clip
    """
    import shlex

    from nnspec.diagnostics.quote import escape
    from nnspec.scaffold.plugin import activation_name, write

    activation = activation_name(name)
    _refuse_taken(name, activation)
    folder = Path(f"nnspec-{name}") if folder is None else folder
    write(name, folder)
    path = escape(shlex.quote(str(folder)))
    click.echo(f"wrote {escape(str(folder))}, the distribution nnspec-{name}; next:")
    for line in (
        f"pip install --editable {shlex.quote(f'{folder}[test]')}",
        f"python -m pytest {path}",
        f"nnspec activations {activation}",
    ):
        click.echo(f"  {escape(line)}")


def _refuse_taken(name: str, activation: str) -> None:
    from nnspec.diagnostics.quote import quote
    from nnspec.plugin.firstparty import DISTRIBUTIONS
    from nnspec.plugin.manager import load_plugins

    registry = load_plugins()
    if activation in registry.aliases:
        provider = registry.origins["activation", registry.aliases[activation]]
        raise UsageError(
            f"{provider} has an activation {quote(activation)} already; take another name"
        )
    if activation in DISTRIBUTIONS or f"nnspec-{name}" in DISTRIBUTIONS.values():
        owner = DISTRIBUTIONS.get(activation, f"nnspec-{name}")
        raise UsageError(f"{quote(name)} belongs to {owner}; take another name")
