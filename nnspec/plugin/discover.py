"""Where plugins come from: nnspec itself, installed distributions, `--plugin`."""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from nnspec import folder
from nnspec.cache import is_set
from nnspec.plugin.installed import key, points
from nnspec.plugin.registry import Provider
from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nnspec.plugin.installed import Point
    from nnspec.plugin.registry import Status

GROUP = "nnspec"
BUILT_IN = ("nnspec.activations", "nnspec.layers", "nnspec.spec.rules", "nnspec.engines")


@dataclass(frozen=True)
class Candidate:
    """A plugin that may be loaded: who it is, and how to get its modules.

    Attributes:
        explicit: the user asked for it by `--plugin`, so its failure stops the run.
    """

    provider: Provider
    load: Callable[[], Sequence[object]]
    explicit: bool = False


def candidates(extra: Sequence[str]) -> Iterator[Candidate]:
    """Yield what is built in, then the installed distributions, then what `--plugin` names."""
    own = Provider("nnspec", "nnspec", importlib.import_module("nnspec").__version__)
    yield Candidate(own, _built_in)
    yield from _installed()
    for given in extra:
        yield Candidate(Provider(given), partial(_load, given), explicit=True)


def _installed() -> Iterator[Candidate]:
    """Walk the entry points one by one.

    pluggy's own loader skips the second of two entry points with one name and stops at the
    first that fails, so it is not used.
    """
    autoload = not is_set("NNSPEC_DISABLE_PLUGIN_AUTOLOAD")
    blocked = {key(name) for name in os.environ.get("NNSPEC_DISABLE_PLUGINS", "").split(",")}
    found: list[tuple[Point, Provider]] = []
    for point in points(GROUP):
        off = not autoload or bool(
            {key(point.name), key(point.distribution or "")} & blocked - {""}
        )
        status: Status = "blocked" if off else "loaded"
        found.append((point, Provider(point.name, point.distribution, point.version, status)))
    count = Counter(key(p.name) for p, provider in found if provider.status == "loaded")
    for point, provider in found:
        twins = [str(other) for p, other in found if key(p.name) == key(point.name)]
        if provider.status == "loaded" and count[key(point.name)] > 1:
            yield Candidate(provider, partial(_refuse, twins))
        else:
            yield Candidate(provider, partial(_import, point))


def _built_in() -> Sequence[object]:
    return [module for name in BUILT_IN for module in folder.modules(name)]


def _import(point: Point) -> Sequence[object]:
    return [point.load()]


def _refuse(twins: Sequence[str]) -> Sequence[object]:
    raise ValueError(
        f"{' and '.join(twins)} give a plugin of one name; uninstall one of them, or switch it "
        "off with NNSPEC_DISABLE_PLUGINS=<distribution>"
    )


def _load(given: str) -> Sequence[object]:
    """Import a file (it ends in .py or names a path) or a module by its dotted name."""
    if not (given.endswith(".py") or os.sep in given or "/" in given):
        return [importlib.import_module(given)]
    path = Path(given)
    if not path.is_file():
        raise ValueError("there is no such file")
    name = "nnspec_plugin_" + re.sub(r"\W", "_", str(path.resolve()))
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ValueError("it is no Python file: its name must end in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses and pickle look a class's module up there
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return [module]
