"""Mappings and sequences while they are being read: keys, duplicates, merges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nnspec.diagnostics.quote import quote
from nnspec.records import dataclass
from nnspec.source.nodes import Node

if TYPE_CHECKING:
    from nnspec.diagnostics.diagnostic import Diagnostic, Span
    from nnspec.source.text import Source


class OpenSequence:
    """A sequence that has not ended."""

    def __init__(self, span: Span) -> None:
        self._values: list[Any] = []
        self.node = Node(span, self._values, height=1)
        self.last = span

    def take(self, node: Node, span: Span) -> None:
        """Take the next item, used at `span`."""
        self.last = span
        self.node.grow(node)
        self.node.children[str(len(self._values))] = node
        self._values.append(node.value)

    def close(self) -> None:
        """Finish the sequence."""


@dataclass(frozen=True, slots=True)
class _Key:
    text: str | None
    span: Span
    merges: bool


class OpenMapping:
    """A mapping that has not ended.

    Keys are the text of a scalar as it is written: `1` and `"1"` are one key. Of a key that is
    given twice the first counts.
    """

    def __init__(self, span: Span, source: Source, faults: list[Diagnostic]) -> None:
        self._values: dict[str, Any] = {}
        self.node = Node(span, self._values, height=1)
        self.last = span
        self._source = source
        self._faults = faults
        self._key: _Key | None = None
        self._merge_key: Span | None = None
        self._merged: list[Node] = []

    def take(self, node: Node, span: Span) -> None:
        """Take the next key or the value of the last one, used at `span`."""
        self.last = span
        self.node.grow(node)
        if self._key is None:
            self._key = self._read_key(node, span)
            return
        key, self._key = self._key, None
        if key.merges:
            self._read_merge(node, span)
        elif key.text is not None:
            self._put(key.text, key.span, node)

    def close(self) -> None:
        """Merge: the mapping's own keys win, then those of the mapping that stands first."""
        for merged in self._merged:
            for key, child in merged.children.items():
                if key not in self.node.children:
                    self._put(key, merged.keys[key], child)

    def _put(self, key: str, span: Span, node: Node) -> None:
        self.node.children[key] = node
        self.node.keys[key] = span
        self._values[key] = node.value

    def _read_key(self, node: Node, span: Span) -> _Key:
        text = node.text
        first = self._merge_key if node.merges else self.node.keys.get(text or "")
        if text is None:
            hint = "put text with '{{' in quotes, or fill the template in first"
            templated = self._source.lines[span.line - 1].startswith("{", span.column - 2)
            self._fault("invalid-key", "a key must be a scalar, and this is a collection", span,
                        hint if templated else None)  # fmt: skip
        elif first is not None:
            hint = "write '<<: [*first, *second]'" if node.merges else "keep one of the two"
            message = f"key {quote(text)} is already given in line {first.line}"
            self._fault("duplicate-key", message, span, hint, first)
            return _Key(None, span, merges=False)
        if node.merges:
            self._merge_key = span
        elif text is not None:
            # Known from here on, so that a second one is seen; the value follows.
            self.node.keys[text] = span
        return _Key(text, span, node.merges)

    def _read_merge(self, node: Node, span: Span) -> None:
        merged = [node] if isinstance(node.value, dict) else list(node.children.values())
        if not merged or not all(isinstance(item.value, dict) for item in merged):
            message = "the value of '<<' must be a mapping or a list of mappings"
            self._fault("invalid-merge", message, span, "write '<<: *anchor' or '<<: [*a, *b]'")
        else:
            self._merged = merged

    def _fault(
        self, code: str, message: str, span: Span, hint: str | None, related: Span | None = None
    ) -> None:
        self._faults.append(self._source.fault(code, message, span, hint, related))
