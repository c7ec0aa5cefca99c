"""A spec that does not say which version of the language it is written in: there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.fix.original import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.examine import Examined
    from nnspec.fix.original import Original
    from nnspec.source.document import Document

_MISSING = "missing key 'nnspec'"
_SPEC = frozenset({"task", "input", "layers", "output"})
"""A mapping with none of these keys is something else, such as the settings of a linter."""


def repair(examined: Examined, document: Document, original: Original) -> Iterator[Edit]:
    """Put `nnspec: 1` before the first key, in the style of the mapping."""
    keys = document.data.keys() if isinstance(document.data, dict) else set()
    # Where a key may be this one misspelt, that is told, and the key is not said to be missing.
    missing = (one for one in examined.diagnostics if (one.pointer, one.message) == ("", _MISSING))
    fault = next(missing, None)
    if fault is None or not keys & _SPEC:
        return
    span = document.values[""]
    start = original.offset(span.line, span.column)
    before = original.text[original.offset(span.line, 1) : start]
    if original.text.startswith("{", start):
        as_json = original.text[start + 1 :].lstrip().startswith('"')
        key = '"nnspec": 1, ' if as_json else "nnspec: 1, "
        yield Edit(start + 1, start + 1, key, fault)
    elif not before.strip(" ") and not original.text.startswith(("&", "!", "?"), start):
        yield Edit(start, start, f"nnspec: 1{original.newline}{before}", fault)
