"""A weights file without its SHA-256: what was trained is what runs, or the difference is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.fix.original import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.examine import Examined
    from nnspec.fix.original import Original
    from nnspec.source.document import Document


def repair(examined: Examined, document: Document, original: Original) -> Iterator[Edit]:
    """Write `sha256` beside a file that fits the spec; `weights: FILE` becomes a mapping."""
    spec, loaded = examined.spec, examined.loaded
    if spec is None or loaded is None or loaded.sha256 is None or examined.faulty:
        return
    if spec.weights is None or spec.weights.file is None or spec.weights.sha256 is not None:
        return
    unpinned = (one for one in examined.diagnostics if one.code == "weights-unpinned")
    fault = next(unpinned, None)  # with --strict only
    short = isinstance(document.data["weights"], str)
    pointer = "/weights" if short else "/weights/file"
    if not _own(pointer, document, original):
        return
    span = document.values[pointer]
    start, end = original.within(span)
    mark = '"' if original.is_quoted(document.keys[pointer]) else ""
    key = f"{mark}sha256{mark}: {mark}{loaded.sha256}{mark}"
    if short:
        file = f"{mark}file{mark}: {original.text[start:end]}"
        yield Edit(start, end, f"{{{file}, {key}}}", fault)
    elif original.text.startswith("{", original.within(document.values["/weights"])[0]):
        yield Edit(end, end, f", {key}", fault)
    else:
        here = original.line_end(span.end_line)
        indent = " " * (document.keys[pointer].column - 1)
        yield Edit(here, here, f"{original.newline}{indent}{key}", fault)


def _own(pointer: str, document: Document, original: Original) -> bool:
    """Say whether the value follows its key at once: no alias, no anchor, no other line."""
    end = original.within(document.keys[pointer])[1]
    start, stop = original.within(document.values[pointer])
    colon = original.text[end:start]
    return (
        colon.strip(" ") == ":"
        and not original.text.startswith(("&", "!", "|", ">"), start)
        and "\n" not in original.text[start:stop]
    )
