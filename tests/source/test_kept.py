"""What a text says is kept for that text and this installation, and is the same as when parsed."""

from __future__ import annotations

import math
import pickle
import sys
from pathlib import Path

import pytest

from nnspec.source import kept, parse
from nnspec.source.yaml import read

TEXT = """\
a: &one [1, 1.0, -0.0, 1e300, true, null, "1", text, 0x1F, "\\x1b", "é🙂"]
b: {x: *one, "": {1: y, "1.5": []}}
c: |
  a block
"""
FAULTY = {
    "duplicate": "a: 1\na: 2\n",
    "syntax": "a: [1\n",
    "tag": "a: !!set {}\n",
    "second document": "a: 1\n---\nb: 2\n",
}


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch, nothing_is_kept):
    monkeypatch.delenv("NNSPEC_DISABLE_CACHE")
    monkeypatch.setenv("NNSPEC_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache" / "documents"


@pytest.fixture
def parsed(monkeypatch):
    """List the texts that are parsed."""
    texts, stock = [], parse.tree
    monkeypatch.setattr(parse, "tree", lambda source: texts.append(source.text) or stock(source))
    return texts


def document(text, name="a.yaml"):
    found, faults = read(text, name=name, folder=Path())
    assert faults == []
    return found


def types(value):
    """Give a value with the type of all that is in it; repr tells -0.0 from 0.0."""
    if isinstance(value, dict):
        return {key: types(one) for key, one in value.items()}
    if isinstance(value, list):
        return [types(one) for one in value]
    return type(value).__name__, repr(value)


def test_a_text_is_parsed_once_and_says_the_same(parsed):
    first, second = document(TEXT), document(TEXT, "b.yaml")
    assert parsed == [TEXT]
    assert types(second.data) == types(first.data)
    assert list(second.data) == ["a", "b", "c"]
    assert (second.name, second.text) == ("b.yaml", TEXT)


def test_the_places_are_the_same_and_looked_up_when_asked_for(parsed):
    first, second = document(TEXT), document(TEXT)
    assert len(parsed) == 1
    assert dict(second.values) == dict(first.values)
    assert dict(second.keys) == dict(first.keys)
    assert len(second.values) == len(first.values) > 15
    assert "/nowhere" not in second.values
    assert parsed == [TEXT] * 3


def test_line_ends_and_byte_order_marks_are_no_difference(parsed):
    document(TEXT)
    document(("\ufeff" + TEXT.replace("\n", "\r\n")).encode())
    assert len(parsed) == 1


@pytest.mark.parametrize("text", FAULTY.values(), ids=FAULTY)
def test_what_has_a_fault_is_never_kept(parsed, place, text):
    once, again = (read(text, name="a.yaml", folder=Path()) for _ in range(2))
    assert once[1] == again[1] != []
    assert len(parsed) == 2
    assert not place.exists()


def test_a_number_that_is_none_comes_back_as_one(parsed):
    assert math.isnan(document("a: .nan\n").data["a"])
    assert math.isnan(document("a: .nan\n").data["a"])


def test_a_long_text_is_not_kept(place):
    document("a: " + "x" * kept.LONGEST + "\n")
    document("a: &a [x, x]\nb: [" + ", ".join(["*a"] * (kept.LONGEST // 8)) + "]\n")
    assert not place.exists()


@pytest.mark.parametrize("content", [b"", b"\0" * 96, b"{}", b"x" * 10**6])
def test_a_damaged_file_is_not_believed(parsed, place, content):
    document(TEXT)
    (file,) = place.iterdir()
    file.write_bytes(content)
    assert types(document(TEXT).data) == types(document(TEXT).data)
    assert parsed == [TEXT] * 2


def test_what_was_kept_of_another_text_is_not_believed(place):
    document("a: 1\n")
    (one,) = place.iterdir()
    document("a: 2\n")
    (two,) = set(place.iterdir()) - {one}
    two.write_bytes(one.read_bytes())
    assert document("a: 2\n").data == {"a": 2}


def test_another_installation_reads_anew(parsed, monkeypatch):
    document(TEXT)
    kept._reader.cache_clear()
    monkeypatch.setattr(sys, "version", "another Python")
    document(TEXT)
    kept._reader.cache_clear()
    assert len(parsed) == 2


def test_nothing_is_kept_where_that_is_switched_off(parsed, place, monkeypatch):
    monkeypatch.setenv("NNSPEC_DISABLE_CACHE", "1")
    document(TEXT)
    document(TEXT)
    assert len(parsed) == 2
    assert not place.exists()


def test_a_document_that_was_kept_pickles():
    document(TEXT)
    again = pickle.loads(pickle.dumps(document(TEXT)))
    assert again.values["/c"] == document(TEXT).values["/c"]
