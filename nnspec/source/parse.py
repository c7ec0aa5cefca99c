"""The text of one YAML document to a tree of nodes, by PyYAML, which takes 12 ms to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from nnspec.source.compose import Composer, TooLargeError, place
from nnspec.source.linebreaks import hide
from nnspec.source.syntax import explain

if TYPE_CHECKING:
    from nnspec.diagnostics.diagnostic import Diagnostic
    from nnspec.source.nodes import Node
    from nnspec.source.text import Source

_MAX_TAG_LINES = 1_000
"""libyaml compares each of them with all those before."""


def tree(source: Source) -> tuple[Node | None, list[Diagnostic]]:
    """Read a text; the tree is None where a fault leaves none."""
    if source.text.count("\n%TAG") > _MAX_TAG_LINES:
        message = f"the spec has more than {_MAX_TAG_LINES:,} lines that begin with %TAG"
        return None, [source.fault("spec-too-large", message, hint="take them out")]
    text, stand_ins = hide(source.text)
    composer = Composer(source, stand_ins)
    documents = 0
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    composer.faults.append(_second(source, event))
                    break
            composer.feed(event)
    except (yaml.YAMLError, ValueError) as error:
        # ValueError: a version of 5,000 digits in `%YAML`, to PyYAML's scanner in Python.
        return None, [*composer.faults, explain(error, source)]
    except TooLargeError:
        return None, composer.faults
    root = composer.root
    if root is None or (root.text == "" and root.value is None):
        hint = "begin with 'nnspec: 1'"
        composer.faults.append(source.fault("empty-spec", "the spec is empty", hint=hint))
        return None, composer.faults
    return root, composer.faults


def _second(source: Source, event: yaml.DocumentStartEvent) -> Diagnostic:
    hint = "keep one spec in a file"
    return source.fault(
        "multiple-documents", "a second document begins here", place(event, source), hint
    )
