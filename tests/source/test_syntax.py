"""Syntax errors: one fault each, in our words, where a person has to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from nnspec.source.yaml import read

CASES = [
    ("a: b: c\n", 1, 5, "second ': '"),
    ("a: 1\n  b: 2\n", 2, 4, "where none can stand"),
    ("a: 1\n\tb: 2\n", 2, 1, "tab"),
    ("a:\n\tb: 2\n", 2, 1, "tab"),
    ("a: [1, 2\nb: 3\n", 1, 4, "'[' is not closed"),
    ("a: [1, 2", 1, 4, "'[' is not closed"),
    ("a:\n  b: {x: 1\n  c: 3\n", 2, 6, "'{' is not closed"),
    ("a: [1}]\n", 1, 6, "found '}'"),
    ('a: ["x"\n    "y"]\n', 2, 5, "expected ','"),
    ("a: 'x\nb: 3\n", 1, 4, '"\'" is not closed'),
    ('a: "x\nb: 3\n', 1, 4, "'\"' is not closed"),
    ("a: 1\nbcd\nc: 2\n", 2, 1, "without ': '"),
    ("a:\n  b: 1\n c: 2\n", 3, 2, "does not fit the mapping that begins in line 1, column 1"),
    ("a:\n  - 1\n  b: 2\n", 3, 3, "does not fit the list that begins in line 2, column 3"),
    ("a: 'x' y\n", 1, 8, "after the end of a value"),
    ("a: - b\n", 1, 4, "list cannot begin in the line of its key"),
    ('a: "\\q"\n', 1, 5, "unknown escape"),
    ("a: @x\n", 1, 4, "begin with '@'"),
    ("a: [1, , 2]\n", 1, 8, "found ','"),
    ("a: ]\n", 1, 4, "found ']'"),
    ("a: *.yaml\n", 1, 4, "begins with '*'"),
    ("a: | text\n  x\n", 1, 6, "text block"),
    ("{a: 1}\nb: 2\n", 2, 1, "belongs to nothing above"),
    ("a: !x!y 1\n", 1, 4, "tag"),
    ("%YAML 2.0\n---\na: 1\n", 1, 1, "version"),
    ("a: ? b\n", 1, 4, "'? '"),
]


@pytest.mark.parametrize(("text", "line", "column", "words"), CASES, ids=[c[0] for c in CASES])
def test_the_fault_is_named_at_its_place(text: str, line: int, column: int, words: str):
    document, faults = read(text, name="a.yaml", folder=Path())
    assert document is None
    assert [(fault.code, fault.line, fault.column) for fault in faults] == [
        ("yaml-syntax", line, column)
    ]
    assert words in faults[0].message
    assert "{" not in (faults[0].hint or "")


@pytest.mark.parametrize("text", [case[0] for case in CASES])
def test_without_the_c_extension_the_verdict_and_line_are_the_same(
    text: str, monkeypatch: pytest.MonkeyPatch
):
    expected = [(fault.code, fault.line) for fault in read(text, name="a", folder=Path())[1]]
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    found = [(fault.code, fault.line) for fault in read(text, name="a", folder=Path())[1]]
    assert found == expected


@pytest.mark.parametrize("text", ["? ", "a:", "- ", "a: |", "'", "[", "a: >\n"])
def test_places_stay_within_a_text_that_ends_early(text: str):
    document, faults = read(text, name="a.yaml", folder=Path())
    spans = [(fault.line, fault.end_line) for fault in faults]
    if document is not None:
        spans += [(span.line, span.end_line) for span in document.values.values()]
    assert spans
    assert all(span == (1, 1) for span in spans)
