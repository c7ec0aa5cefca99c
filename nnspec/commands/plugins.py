"""nnspec plugins: which plugins there are, what they give, and what is wrong with them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from nnspec.commands import plugin_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.plugin.registry import Provider, Registry


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@plugin_option
def command(as_json: bool, plugin: tuple[str, ...]) -> None:
    """List the plugins: built in, installed, and given with --plugin.

    Installed plugins are switched off by NNSPEC_DISABLE_PLUGIN_AUTOLOAD=1, or by name with
    NNSPEC_DISABLE_PLUGINS=a,b.

    \b
    Examples:
      nnspec plugins
      nnspec plugins --json
      nnspec plugins --plugin my_activation.py
    """
    from nnspec.plugin.manager import load_plugins

    registry = load_plugins(plugin)
    if as_json:
        import json

        click.echo(json.dumps(_form(registry), indent=2))
    else:
        click.echo("\n".join(_lines(registry)))


def _form(registry: Registry) -> dict[str, Any]:
    conflicts = [
        {"kind": kind, "name": name, "providers": [str(provider) for provider in both]}
        for (kind, name), both in registry.conflicts.items()
    ]
    return {
        "plugins": [asdict(provider) for provider in registry.providers],
        "conflicts": conflicts,
    }


def _lines(registry: Registry) -> Iterator[str]:
    from nnspec.diagnostics.quote import escape
    from nnspec.show.table import table

    rows = [
        (escape(one.distribution or one.name), escape(one.version or "–"), one.status, _hooks(one))
        for one in registry.providers
    ]
    yield from table(("plugin", "version", "status", "hooks"), rows)
    for provider in registry.providers:
        yield from _provided(provider)
    for (kind, name), (first, second) in registry.conflicts.items():
        yield ""
        yield (
            f"conflict: {kind} {escape(name)} is claimed by {escape(str(first))} and by "
            f"{escape(str(second))}; a spec cannot use it until one of them is switched off"
        )


def _hooks(provider: Provider) -> str:
    return ", ".join(hook.removeprefix("nnspec_") for hook in provider.hooks) or "–"


def _provided(provider: Provider) -> Iterator[str]:
    from nnspec.diagnostics.quote import escape
    from nnspec.show.table import listed

    kinds: dict[str, list[str]] = {}
    for kind, name in provider.provides:
        kinds.setdefault(kind, []).append(escape(name))
    if not kinds and provider.problem is None:
        return
    yield ""
    yield escape(str(provider))
    if provider.problem is not None:
        yield f"  failed: {escape(provider.problem)}"
    for title, names in kinds.items():
        yield from listed(f"  {title.ljust(10)}  ", sorted(names))
