"""YAML 1.2, core schema, to a Document: every fault with its place, every bound kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.source import kept
from nnspec.source.document import Document
from nnspec.source.file import MAX_BYTES, UnreadableError, read_bytes
from nnspec.source.text import Source, decode, undecodable, unify_line_ends

if TYPE_CHECKING:
    from pathlib import Path

    from nnspec.diagnostics.diagnostic import Diagnostic

_HEAD = 1024
"""Bytes that tell what kind of file it is."""
_HARMLESS = frozenset({"duplicate-key", "multiple-documents"})
"""Faults that leave no value in doubt: what comes after can go on beside them."""


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
    document, faults = _read(text, name=name, folder=folder)
    if document is None or not isinstance(document.data, dict):
        from nnspec.diagnostics.file_kind import by_content

        head = text[:_HEAD]
        kind = by_content(head if isinstance(head, bytes) else head.encode(errors="replace"), name)
        if kind is not None:
            message, hint = f"this is {kind.what}, not a spec", kind.cure(name)
            return None, [Source(name, "").fault("unreadable-spec", message, hint=hint)]
    return document, faults


def _read(
    text: str | bytes, *, name: str, folder: Path
) -> tuple[Document | None, list[Diagnostic]]:
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
    data = kept.recall(source.text)
    if data is not None:
        later = kept.LaterPlaces(source, "keys"), kept.LaterPlaces(source, "values")
        return Document(data, name, folder, source.text, *later), []
    from nnspec.source.nodes import KeyPlaces, ValuePlaces
    from nnspec.source.parse import tree

    root, faults = tree(source)
    if root is None or not all(fault.code in _HARMLESS for fault in faults):
        return None, sorted(faults)
    if not faults:
        kept.keep(source.text, root.value)
    places = KeyPlaces(root), ValuePlaces(root)
    return Document(root.value, name, folder, source.text, *places), sorted(faults)
