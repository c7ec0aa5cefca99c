"""PyYAML's events to a tree of nodes, without recursion and within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from nnspec.diagnostics.diagnostic import Span
from nnspec.diagnostics.quote import quote
from nnspec.source.collections import OpenMapping, OpenSequence
from nnspec.source.nodes import Node
from nnspec.source.scalars import CORE, Scalar, ScalarError, construct, resolve

if TYPE_CHECKING:
    from nnspec.diagnostics.diagnostic import Diagnostic
    from nnspec.source.text import Source

MAX_DEPTH = 100
MAX_NODES = 100_000
"""Nodes with every alias written out."""


class TooLargeError(Exception):
    """The document is beyond a bound; what follows is not read."""


class Composer:
    """Builds the tree of one document, event by event.

    Attributes:
        root: the tree, once the last event is fed.
        faults: what is wrong with it, so far.
    """

    def __init__(self, source: Source, stand_ins: dict[int, str]) -> None:
        self.root: Node | None = None
        self.faults: list[Diagnostic] = []
        self._source = source
        self._stand_ins = stand_ins
        self._open: list[OpenMapping | OpenSequence] = []
        self._anchors: dict[str, Node] = {}
        self._count = 0

    def feed(self, event: yaml.Event) -> None:
        """Take the next event of the document.

        Raises:
            TooLargeError: if it leads beyond MAX_DEPTH or MAX_NODES; a fault says so.
        """
        match event:
            case yaml.AliasEvent(anchor=str(anchor)):
                self._alias(anchor, place(event, self._source))
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._start(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._end(event)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        span = place(event, self._source)
        self._bound(span, nodes=1, depth=0)
        plain = event.implicit[0] and event.tag is None
        text = event.value.translate(self._stand_ins) if self._stand_ins else event.value
        node = Node(span, self._value(event, text, span), text, merges=plain and text == "<<")
        self._remember(event.anchor, node)
        self._attach(node, span)

    def _value(self, event: yaml.ScalarEvent, text: str, span: Span) -> Scalar:
        try:
            # Only PyYAML's reader in Python lets such an escape through.
            text.encode()
        except UnicodeEncodeError:
            self._fault("invalid-character", "half of a surrogate pair is no character", span)
        try:
            if event.tag is None:
                return resolve(text) if event.implicit[0] else text
            return text if event.tag == "!" else construct(event.tag, text)
        except ScalarError as error:
            self._fault("invalid-scalar", str(error), span)
        except KeyError:
            self._unknown_tag(str(event.tag), "a scalar", span)
        return text

    def _start(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        span = place(event, self._source)
        self._bound(span, nodes=1, depth=1)
        opened: OpenMapping | OpenSequence
        if isinstance(event, yaml.MappingStartEvent):
            opened, kind, tag = OpenMapping(span, self._source, self.faults), "a mapping", "map"
        else:
            opened, kind, tag = OpenSequence(span), "a list", "seq"
        if event.tag not in (None, "!", CORE + tag):
            self._unknown_tag(event.tag, kind, span)
        # From here on, so that an alias within its own anchor is seen to be one.
        self._remember(event.anchor, opened.node)
        self._open.append(opened)

    def _end(self, event: yaml.MappingEndEvent | yaml.SequenceEndEvent) -> None:
        ended = self._open.pop()
        ended.close()
        span, last = ended.node.span, ended.last
        # A flow collection ends with its bracket. A block collection ends for PyYAML where the
        # next thing begins; for a person, with its last item.
        end = place(event, self._source)
        if end.column < end.end_column:
            last = end
        ended.node.span = Span(span.line, span.column, last.end_line, last.end_column)
        self._attach(ended.node, ended.node.span)

    def _alias(self, anchor: str, span: Span) -> None:
        node = self._anchors.get(anchor)
        if node is None:
            message = f"no anchor {quote('&' + anchor)} stands above this alias"
            self._fault("unknown-alias", message, span, "text that begins with '*' needs quotes")
        elif any(node is opened.node for opened in self._open):
            self._fault("unknown-alias", "an alias within its own anchor has no end", span)
            node = None
        node = node or Node(span, text=anchor)
        self._bound(span, node.size, node.height)
        self._attach(node, span)

    def _attach(self, node: Node, span: Span) -> None:
        """Put a node where it belongs; `span` is the place where it is used."""
        if self._open:
            self._open[-1].take(node, span)
        else:
            self.root = node

    def _remember(self, anchor: str | None, node: Node) -> None:
        if anchor is not None:
            self._anchors[anchor] = node

    def _bound(self, span: Span, nodes: int, depth: int) -> None:
        self._count += nodes
        if self._count > MAX_NODES:
            message = f"the spec has more than {MAX_NODES:,} values, aliases written out"
            hint = "keep large arrays in a weights file"
        elif len(self._open) + depth > MAX_DEPTH:
            message, hint = f"the spec is nested more than {MAX_DEPTH} levels deep", None
        else:
            return
        self._fault("spec-too-large", message, span, hint)
        raise TooLargeError

    def _unknown_tag(self, tag: str, kind: str, span: Span) -> None:
        shown = quote("!!" + tag.removeprefix(CORE) if tag.startswith(CORE) else tag)
        message = f"tag {shown} is not known for {kind}"
        self._fault(
            "unknown-tag",
            message,
            span,
            "leave the tag out; text that begins with '!' needs quotes",
        )

    def _fault(self, code: str, message: str, span: Span, hint: str | None = None) -> None:
        self.faults.append(self._source.fault(code, message, span, hint))


def place(event: yaml.Event, source: Source) -> Span:
    """Give the place of an event, without the empty lines that follow a block scalar."""
    start, end = event.start_mark, event.end_mark
    assert start is not None, "PyYAML gives every event its marks"
    assert end is not None, "PyYAML gives every event its marks"
    first, begin = source.clamp(start.line, start.column)
    line, column = source.clamp(end.line, end.column)
    while line > first and not source.lines[line][:column].strip():
        line -= 1
        column = len(source.lines[line])
    return Span(first + 1, begin + 1, line + 1, column + 1)
