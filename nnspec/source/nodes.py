"""The tree of a document: values with their places, and that tree seen by JSON pointer."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from nnspec.diagnostics.diagnostic import Span
from nnspec.records import dataclass, field
from nnspec.source.document import join

if TYPE_CHECKING:
    from nnspec.source.scalars import Scalar


@dataclass(slots=True, eq=False)
class Node:
    """A value and where it stands; an alias is the node of its anchor itself.

    Attributes:
        span: the place of the value.
        value: the plain data.
        text: a scalar as it is written, None for a collection.
        merges: whether it is a plain `<<`.
        children: the values of a mapping by key, of a sequence by index ("0", "1", …).
        keys: the places of a mapping's keys.
        size: how many nodes it is when every alias is written out, itself included.
        height: how many collections it is deep.
    """

    span: Span
    value: Scalar | dict[str, Any] | list[Any] = None
    text: str | None = None
    merges: bool = False
    children: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Span] = field(default_factory=dict)
    size: int = 1
    height: int = 0

    def grow(self, child: Node) -> None:
        """Count a child in."""
        self.size += child.size
        self.height = max(self.height, child.height + 1)

    def at(self, pointer: str) -> Node:
        """Follow a JSON pointer.

        Raises:
            KeyError: if nothing is there.
        """
        node = self
        for part in pointer.split("/")[1:]:
            node = node.children[part.replace("~1", "/").replace("~0", "~")]
        return node


class _Places(Mapping[str, Span]):
    """Places by JSON pointer, found by walking the tree.

    A table of all pointers could be a thousand times as long as the text: a long key comes back
    in the pointer of everything below it.
    """

    def __init__(self, root: Node) -> None:
        self._root = root

    @abstractmethod
    def _below(self, node: Node) -> Iterator[str]:
        """Name the parts below a node that have a place."""

    def __iter__(self) -> Iterator[str]:
        pending = [("", self._root)]
        while pending:
            pointer, node = pending.pop()
            yield from (join(pointer, part) for part in self._below(node))
            pending += [(join(pointer, part), child) for part, child in node.children.items()]

    def __len__(self) -> int:
        return sum(1 for _ in self)


class KeyPlaces(_Places):
    """Pointer → where the key stands; a key that was merged in stands in the anchor."""

    def __getitem__(self, pointer: str) -> Span:
        above, _, part = pointer.rpartition("/")
        return self._root.at(above).keys[part.replace("~1", "/").replace("~0", "~")]

    def _below(self, node: Node) -> Iterator[str]:
        return iter(node.keys)


class ValuePlaces(_Places):
    """Pointer → where the value stands; "" is the whole document."""

    def __getitem__(self, pointer: str) -> Span:
        return self._root.at(pointer).span

    def _below(self, node: Node) -> Iterator[str]:
        return iter(node.children)

    def __iter__(self) -> Iterator[str]:
        yield ""
        yield from super().__iter__()
