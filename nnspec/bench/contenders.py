"""Who takes part: the engines that are registered, and the peers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.bench.peers import peers
from nnspec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.bench.report import Kind
    from nnspec.plugin.registry import Registry


def contenders(registry: Registry, names: Sequence[str]) -> dict[str, Kind]:
    """Give name → kind of those named, or of all; an engine with a peer's name is that peer.

    Raises:
        UsageError: there is no such engine or peer.
    """
    rivals = peers()
    kinds: dict[str, Kind] = {name: "engine" for name in registry.engines if name not in rivals}
    kinds |= {name: "peer" for name, peer in rivals.items() if peer.answers}
    kinds |= {name: "roof" for name, peer in rivals.items() if not peer.answers}
    for name in names:
        if name not in kinds:
            from nnspec.diagnostics.quote import quote
            from nnspec.diagnostics.suggest import did_you_mean

            hint = did_you_mean(name, kinds) or f"there are {', '.join(kinds)}"
            raise UsageError(f"there is no engine or peer {quote(name)}; {hint}")
    return {name: kind for name, kind in kinds.items() if not names or name in names}


def missing(name: str) -> str:
    """Say how to install a peer that is not there; "" if nothing is missing."""
    peer = peers().get(name)
    if peer is None or peer.is_installed:
        return ""
    return f"not installed: pip install {peer.install}"
