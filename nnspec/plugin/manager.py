"""Loads plugins one by one, so that a broken one harms only itself, and tells who gave what."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import lru_cache
from types import FunctionType, MethodType, ModuleType
from typing import TYPE_CHECKING, Any, get_args

import pluggy

from nnspec.errors import PluginError
from nnspec.plugin import hookspecs
from nnspec.plugin.activation import Activation
from nnspec.plugin.discover import candidates
from nnspec.plugin.engine import Engine
from nnspec.plugin.layer import Layer
from nnspec.plugin.registry import Kind, Registry
from nnspec.plugin.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.plugin.discover import Candidate
    from nnspec.plugin.registry import Provider

HOOKS: dict[str, tuple[Kind, type]] = {
    "nnspec_activations": ("activation", Activation),
    "nnspec_layers": ("layer", Layer),
    "nnspec_rules": ("rule", Rule),
    "nnspec_engines": ("engine", Engine),
}
"""Hook → the kind of thing it gives, and that kind's class."""

Given = list[tuple[Kind, Any]]


def load_plugins(extra: Sequence[str] = ()) -> Registry:
    """Load every plugin there is: built in, installed, and those named in `extra`.

    Args:
        extra: files or modules, as `--plugin` takes them.

    Raises:
        PluginError: one of `extra` cannot be loaded; the installed ones that fail are left out
            and stand in `Registry.providers` with their problem.

    Examples:
        >>> load_plugins().activation("swish")
        Activation('silu')
    """
    environment = tuple(
        os.environ.get(name, "")
        for name in ("NNSPEC_DISABLE_PLUGIN_AUTOLOAD", "NNSPEC_DISABLE_PLUGINS")
    )
    return _load_once(tuple(extra), environment)


@lru_cache(maxsize=8)
def _load_once(extra: tuple[str, ...], environment: tuple[str, ...]) -> Registry:
    manager = pluggy.PluginManager("nnspec")
    manager.add_hookspecs(hookspecs)
    loaded: list[tuple[Provider, Given]] = []
    for number, candidate in enumerate(candidates(extra)):
        loaded.append(_load(manager, candidate, number))
    return _assemble(loaded)


def _load(
    manager: pluggy.PluginManager, candidate: Candidate, number: int
) -> tuple[Provider, Given]:
    provider = candidate.provider
    if provider.status == "blocked":
        return provider, []
    given: Given = []
    hooks: list[str] = []
    try:
        for place, module in enumerate(candidate.load()):
            for hook, items in _register(manager, module, f"{number}.{place}"):
                hooks += [hook] if hook not in hooks else []
                given += items
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # an import may raise anything, SystemExit too
        problem = str(error) or "no message"
        if not isinstance(error, (ValueError, pluggy.PluginValidationError)):
            problem = f"{type(error).__name__}: {problem}"
        if candidate.explicit:
            raise PluginError(f"cannot load the plugin {provider}: {problem}") from error
        return replace(provider, status="failed", problem=problem), []
    provides = tuple((kind, item.type if kind == "layer" else item.name) for kind, item in given)
    return replace(provider, hooks=tuple(hooks), provides=provides), given


def _register(manager: pluggy.PluginManager, module: object, name: str) -> list[tuple[str, Given]]:
    """Register one module and call its hooks, each by itself.

    A call through pluggy would stop at the first plugin that raises, and would not say which
    of them returned what.
    """
    for hook in HOOKS:
        function = getattr(module, hook, None)
        if callable(function) and not hasattr(function, "nnspec_impl"):
            raise ValueError(f"{hook} lacks its mark: put @nnspec.hookimpl above it")
    try:
        plugin = _Marked(module) if isinstance(module, ModuleType) else module
        manager.register(plugin, name)
        callers = manager.get_hookcallers(plugin) or []
        for caller in callers:
            if caller.name not in HOOKS:
                from difflib import get_close_matches

                near = get_close_matches(caller.name, HOOKS, 1, 0.6)
                hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(HOOKS)}"
                raise ValueError(f"there is no hook {caller.name}; {hint}")
        if not callers:
            raise ValueError(f"it implements no hook; there are {', '.join(HOOKS)}")
        implementations = [
            (caller.name, implementation)
            for caller in callers
            for implementation in caller.get_hookimpls()
            if implementation.plugin is plugin
        ]
        return [(hook, _call(hook, one.function)) for hook, one in implementations]
    except BaseException:
        if manager.has_plugin(name):
            manager.unregister(name=name)
        raise


class _Marked:
    """What bears the mark: pluggy looks slowly, and at every name that a module imports."""

    def __init__(self, module: ModuleType) -> None:
        self.__dict__.update(
            (name, one)
            for name, one in vars(module).items()
            if isinstance(one, (FunctionType, MethodType)) and hasattr(one, "nnspec_impl")
        )

    def __dir__(self) -> list[str]:
        return [*vars(self)]


def _call(hook: str, function: Any) -> Given:
    kind, cls = HOOKS[hook]
    items = function()
    if not isinstance(items, (list, tuple)):
        raise ValueError(f"{hook} gave {_shown(items)} where a list of {cls.__name__} belongs")
    for item in items:
        if not isinstance(item, cls):
            raise ValueError(f"{hook} gave a list with {_shown(item)}, which is no {cls.__name__}")
    return [(kind, item) for item in items]


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:80]}…"


def _assemble(loaded: Sequence[tuple[Provider, Given]]) -> Registry:
    """Join what all gave; the first owner of a name keeps it, and the conflict is kept too."""
    tables: dict[Kind, dict[str, Any]] = {kind: {} for kind in get_args(Kind)}
    aliases: dict[str, str] = {}
    origins: dict[tuple[Kind, str], Provider] = {}
    owners: dict[tuple[Kind, str], Provider] = {}
    conflicts: dict[tuple[Kind, str], tuple[Provider, Provider]] = {}
    for provider, given in loaded:
        for kind, item in given:
            name = item.type if kind == "layer" else item.name
            names = item.names if kind == "activation" else (name,)
            taken = [one for one in names if (kind, one) in owners]
            for one in taken:
                conflicts[kind, one] = (owners[kind, one], provider)
            if name in taken:
                continue
            tables[kind][name] = item
            origins[kind, name] = provider
            for one in names:
                owners.setdefault((kind, one), provider)
                if kind == "activation":
                    aliases.setdefault(one, name)
    return Registry(
        activations=tables["activation"],
        layers=tables["layer"],
        engines=tables["engine"],
        rules=tuple(tables["rule"].values()),
        aliases=aliases,
        providers=tuple(provider for provider, _ in loaded),
        origins=origins,
        conflicts=conflicts,
    )
