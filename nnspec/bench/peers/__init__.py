"""What nnspec is compared with; each module here is one, and exports `PEER`."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from nnspec import folder
from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from nnspec.model import Model
    from nnspec.plugin.engine import Run


@dataclass(frozen=True)
class Peer:
    """Another way to run the network of a model.

    Attributes:
        name: what `nnspec bench --engine` takes.
        make: `make(model)` gives something to call with rows; it raises an NnspecError where the
            peer cannot run this network.
        needs: the packages to import.
        install: what `pip install` takes to have them.
        answers: it gives the network's outputs, and counts in the ratio.
    """

    name: str
    make: Callable[[Model], Run]
    needs: tuple[str, ...] = ()
    install: str = ""
    answers: bool = True

    @property
    def is_installed(self) -> bool:
        """Whether the packages that it needs are there."""
        return all(find_spec(name) is not None for name in self.needs)


def peers() -> dict[str, Peer]:
    """Give all peers by their names."""
    found: list[Peer] = [module.PEER for module in folder.modules(__name__)]
    return {peer.name: peer for peer in found}
