"""YAML 1.2, core schema, to a Document: every fault with its place, every bound kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from nnspec.source.compose import Composer, TooLargeError, place
from nnspec.source.document import Document
from nnspec.source.file import MAX_BYTES, UnreadableError, read_bytes
from nnspec.source.linebreaks import hide
from nnspec.source.nodes import KeyPlaces, Node, ValuePlaces
from nnspec.source.syntax import explain
from nnspec.source.text import Source, decode, undecodable, unify_line_ends

if TYPE_CHECKING:
    from pathlib import Path

    from nnspec.diagnostics.diagnostic import Diagnostic

_HARMLESS = frozenset({"duplicate-key", "multiple-documents"})
"""Faults that leave no value in doubt: what comes after can go on beside them."""

_MAX_TAG_LINES = 1_000
"""libyaml compares each of them with all those before."""


def read_file(path: Path, *, name: str | None = None) -> tuple[Document | None, list[Diagnostic]]:
    """Read a spec from a file; a file that cannot be read is a diagnostic at 1:1, too."""
    name = str(path) if name is None else name
    try:
        data = read_bytes(path)
    except UnreadableError as error:
        return None, [Source(name, "").fault("unreadable-spec", str(error), hint=error.hint)]
    return read(data, name=name, folder=path.parent)


def read(text: str | bytes, *, name: str, folder: Path) -> tuple[Document | None, list[Diagnostic]]:
    r"""Read a spec; no text and no bytes make this raise.

    The document comes beside its faults where they leave no value in doubt, and is None where
    they do. In it, the place of an aliased or merged value is where the anchor's content stands:
    there it has to be mended. `Document.text` has "\n" at the end of its lines.

    Examples:
        >>> from pathlib import Path
        >>> document, faults = read("size: 010\nsize: 3", name="a.yaml", folder=Path())
        >>> document.data, document.values["/size"]
        ({'size': 10}, Span(line=1, column=7, end_line=1, end_column=10))
        >>> print(*faults)
        a.yaml:2:1: error[duplicate-key]: key 'size' is already given in line 1
    """
    if len(text) > MAX_BYTES:
        message = f"the spec is larger than {MAX_BYTES // 2**20} MiB"
        hint = "keep large arrays in a weights file"
        return None, [Source(name, "").fault("spec-too-large", message, hint=hint)]
    if isinstance(text, bytes):
        try:
            text = decode(text)
        except UnicodeDecodeError as error:
            return None, [undecodable(name, error)]
    source = Source(name, unify_line_ends(text.removeprefix("\ufeff")))
    strange = source.strange_character()
    if strange is not None:
        return None, [strange]
    root, faults = _compose(source)
    if root is None or not all(fault.code in _HARMLESS for fault in faults):
        return None, sorted(faults)
    places = KeyPlaces(root), ValuePlaces(root)
    return Document(root.value, name, folder, source.text, *places), sorted(faults)


def _compose(source: Source) -> tuple[Node | None, list[Diagnostic]]:
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
