"""The distributions under `plugins` are installed, new enough, and load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.diagnostics.quote import escape, quote
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.rule import Rule
from nnspec.source.document import join
from nnspec.spec.requirement import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import Spec


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find requirements that no plugin fulfils, and texts that are no requirement."""
    for number, text in enumerate(spec.plugins):
        if text:
            yield from _missing(text, registry, join("/plugins", number))


def _missing(text: str, registry: Registry, pointer: str) -> Iterator[Finding]:
    try:
        wanted = parse(text)
    except ValueError as error:
        hint = "write a distribution and its versions: nnspec-mish>=0.1"
        yield Finding("bad-value", f"{quote(text)} is no requirement: {error}", pointer, hint)
        return
    found = [p for p in registry.providers if p.distribution and wanted.names(p.distribution)]
    loaded = [provider for provider in found if provider.status == "loaded"]
    hint = f"pip install '{wanted}'"
    if not found:
        message = f"the plugin {wanted.name} is not installed"
    elif not loaded and found[0].status == "blocked":
        message = f"the plugin {found[0]} is switched off"
        hint = "see NNSPEC_DISABLE_PLUGINS and NNSPEC_DISABLE_PLUGIN_AUTOLOAD"
    elif not loaded:
        problem = escape(found[0].problem or "")[:200]
        message = f"the plugin {found[0]} cannot be loaded: {problem}"
        hint = "'nnspec plugins' tells more"
    elif not wanted.allows(loaded[0].version or ""):
        message = f"the plugin {loaded[0]} is installed, and {wanted} is needed"
        hint = f"pip install --upgrade '{wanted}'"
    else:
        return
    yield Finding("plugin-missing", message, pointer, hint)


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("plugin-missing", check)]
