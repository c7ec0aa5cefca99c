"""nnspec schema: the JSON Schema that specs are checked against, for editors and CI."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nnspec.commands import plugin_option, report_plugins
from nnspec.errors import UsageError
from nnspec.plugin.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nnspec.plugin.registry import Kind


@click.command()
@click.option("--core", is_flag=True, help="Leave plugins out: what nnspec itself knows.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to a file instead of standard output.",
)
@plugin_option
def command(core: bool, output: Path | None, plugin: tuple[str, ...]) -> None:
    """Print the JSON Schema (draft 2020-12) of specs, with all that is installed.

    An editor uses it for completion and for descriptions of every key.

    \b
    Examples:
      nnspec schema -o nnspec.schema.json
      nnspec schema --core -o schemas/nnspec-v1.schema.json
      nnspec schema --plugin my_activation.py
    """
    import json

    from nnspec.data.output import atomic
    from nnspec.plugin.manager import load_plugins
    from nnspec.schema.compose import compose

    if core and plugin:
        raise UsageError("--core leaves plugins out, so --plugin does not go with it")
    registry = load_plugins(plugin)
    if core:
        registry = _built_in(registry)
    report_plugins(registry)
    text = json.dumps(compose(registry), indent=2, ensure_ascii=False) + "\n"
    if output is None:
        click.echo(text, nl=False)
        return
    with atomic(output) as file:
        file.write(text.encode())


def _built_in(registry: Registry) -> Registry:
    """Keep what nnspec itself provides; it loads first, so no plugin has taken a name of it."""

    def own(kind: Kind, table: Mapping[str, Any]) -> dict[str, Any]:
        return {n: item for n, item in table.items() if registry.origins[kind, n].name == "nnspec"}

    activations = own("activation", registry.activations)
    return Registry(
        activations=activations,
        layers=own("layer", registry.layers),
        aliases={name: one for name, one in registry.aliases.items() if one in activations},
        origins=registry.origins,
    )
