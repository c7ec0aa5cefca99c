"""nnspec activations: which activations there are, and all that is known of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nnspec.commands import plugin_option, report_plugins

if TYPE_CHECKING:
    from nnspec.plugin.registry import Registry


@click.command()
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@plugin_option
def command(name: str | None, as_json: bool, plugin: tuple[str, ...]) -> None:
    """List the activations, or tell all about one and draw its curve.

    The table cuts what is long; the page of one activation has everything.

    \b
    Examples:
      nnspec activations
      nnspec activations gelu
      nnspec activations --json
      nnspec activations mine --plugin my_activation.py
    """
    import json

    from nnspec.plugin.find import find
    from nnspec.plugin.manager import load_plugins
    from nnspec.show.activation_page import facts, page

    registry = load_plugins(plugin)
    report_plugins(registry)
    found = None if name is None else find(name, registry)
    if as_json:
        known = [facts(one, registry) for one in registry.activations.values()]
        data = known if found is None else facts(found, registry)
        click.echo(json.dumps(data, indent=2))
    elif found is None:
        click.echo("\n".join(_table(registry)))
    else:
        click.echo("\n".join(page(found, registry)))


def _table(registry: Registry) -> list[str]:
    from nnspec.diagnostics.quote import escape
    from nnspec.show.activation_page import defaults, facts
    from nnspec.show.table import table

    rows = []
    for name, activation in sorted(registry.activations.items()):
        cells = (
            name,
            _short(", ".join(facts(activation, registry)["aliases"]), 24),
            _short(defaults(activation), 32),
            str(registry.origins["activation", name]),
        )
        rows.append(tuple(escape(cell) for cell in cells))
    return table(("name", "aliases", "parameters", "provider"), rows)


def _short(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
