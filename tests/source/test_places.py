"""Where keys and values stand: lines and columns from 1, in characters, the end exclusive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nnspec.diagnostics.diagnostic import Finding, Span
from nnspec.examine import Options, examine_text
from nnspec.source.yaml import read

if TYPE_CHECKING:
    from nnspec.source.document import Document


def document_of(text: str) -> Document:
    document, _ = read(text, name="a.yaml", folder=Path())
    assert document is not None
    return document


def cut(document: Document, span: Span) -> str:
    """What stands in a span, with its lines joined by a slash."""
    lines = document.text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "/".join(lines)


TEXT = """\
# a comment
name: "é 名"   # trailing
layers:
  - {size: 50, activation: relu}
  - size: 100
    tags: [a,
           b]

    # about what follows

text: |
  one
  two

folded: two
  lines
empty:
output: !!int 10
"""


@pytest.mark.parametrize(
    ("pointer", "text"),
    [
        ("/name", '"é 名"'),
        ("/layers", "- {size: 50, activation: relu}/  - size: 100/    tags: [a,/           b]"),
        ("/layers/0", "{size: 50, activation: relu}"),
        ("/layers/0/activation", "relu"),
        ("/layers/1", "size: 100/    tags: [a,/           b]"),
        ("/layers/1/tags", "[a,/           b]"),
        ("/layers/1/tags/1", "b"),
        ("/text", "|/  one/  two"),
        ("/folded", "two/  lines"),
        ("/empty", ""),
        ("/output", "!!int 10"),
    ],
)
def test_a_value_spans_what_a_person_would_mark(pointer: str, text: str):
    document = document_of(TEXT)
    assert cut(document, document.values[pointer]) == text


def test_the_whole_document_spans_from_its_first_key_to_its_last_value():
    span = document_of(TEXT).values[""]
    assert (span.line, span.column, span.end_line, span.end_column) == (2, 1, 18, 17)


def test_a_key_has_a_place_of_its_own():
    document = document_of(TEXT)
    assert cut(document, document.keys["/layers/0/activation"]) == "activation"
    assert document.keys["/layers/1/tags"] == Span(6, 5, 6, 9)
    assert "/layers/0" not in document.keys
    assert "" not in document.keys


def test_columns_count_characters_behind_wide_ones_and_tabs():
    document = document_of("é名😀:\t5\n")
    assert document.values["/é名😀"] == Span(1, 6, 1, 7)


def test_keys_with_slash_and_tilde_are_found_by_their_escapes():
    document = document_of("a/b: {c~d: 1}\n")
    assert document.values["/a~1b/c~0d"] == Span(1, 12, 1, 13)
    assert document.keys["/a~1b/c~0d"] == Span(1, 7, 1, 10)


def test_aliased_and_merged_values_stand_where_the_anchor_does():
    document = document_of("base: &b\n  x: [1, 2]\nuse: *b\nmore:\n  <<: *b\n  y: 3\n")
    assert document.values["/use/x/1"] == Span(2, 10, 2, 11)
    assert document.values["/more/x"] == document.values["/base/x"] == Span(2, 6, 2, 12)
    assert document.keys["/more/x"] == Span(2, 3, 2, 4)
    assert document.keys["/more/y"] == Span(6, 3, 6, 4)
    assert document.values["/more"] == Span(5, 3, 6, 7)


def test_a_collection_ends_with_its_last_alias_and_not_with_the_anchor():
    document = document_of("a: &x [1]\nb:\n  - 1\n  - *x\nc: 1\n")
    assert document.values["/b"] == Span(3, 3, 4, 7)


def test_a_finding_is_placed_at_the_nearest_value_that_exists():
    document = document_of(TEXT)
    diagnostic = document.diagnose(Finding("x", "missing", "/layers/0/nothing/here"))
    assert (diagnostic.line, diagnostic.column) == (4, 5)
    assert diagnostic.source == "  - {size: 50, activation: relu}"


def test_the_places_can_be_listed():
    document = document_of("a: {b: [1, 2]}\nc: 3\n")
    assert set(document.keys) == {"/a", "/c", "/a/b"}
    assert set(document.values) == {"", "/a", "/c", "/a/b", "/a/b/0", "/a/b/1"}
    assert (len(document.keys), len(document.values)) == (3, 6)
    assert document.values.get("/a/x") is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("size: 1\nrate: 2\nsize: 3\n", (1, 1, 1, 5)),
        ("nnspec: 1\ntask: binary\ninput: {size: 2, features: [a,\n    a]}\nlayers: []\noutput: 1\n", (3, 29, 3, 30)),
    ],
)  # fmt: skip
def test_a_diagnostic_knows_the_other_place_that_it_speaks_of(text, place):
    """The line in its message is for people; programs get the stretch."""
    judged = examine_text(text, Options(), name="a", folder=Path()).diagnostics
    (found,) = (one for one in judged if one.code.startswith("duplicate"))
    assert found.message.endswith(f"in line {place[0]}")
    assert found.related == Span(*place)
