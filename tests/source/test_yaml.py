"""What a spec's text means: keys, merges, aliases, documents, encodings."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from nnspec.source.yaml import read


def load(text: str | bytes):
    document, faults = read(text, name="a.yaml", folder=Path())
    assert faults == []
    assert document is not None
    return document.data


def faults_of(text: str | bytes) -> list[tuple[str, int, int]]:
    _, faults = read(text, name="a.yaml", folder=Path())
    return [(fault.code, fault.line, fault.column) for fault in faults]


def test_every_duplicate_key_is_told_and_the_document_is_still_there():
    text = "a: 1\nb: {x: 1, x: 2}\na: 2\na: 3\n"
    document, faults = read(text, name="a.yaml", folder=Path())
    assert document is not None
    assert document.data == {"a": 1, "b": {"x": 1}}
    assert [(fault.code, fault.line, fault.column) for fault in faults] == [
        ("duplicate-key", 2, 11),
        ("duplicate-key", 3, 1),
        ("duplicate-key", 4, 1),
    ]
    assert "line 1" in faults[1].message


def test_keys_are_the_text_as_it_is_written():
    data = load("1: a\n0x1: b\nnull: c\n~: d\nyes: e\n1.50: f\n? \n: g\n")
    assert list(data) == ["1", "0x1", "null", "~", "yes", "1.50", ""]
    assert faults_of('1: a\n"1": b\n') == [("duplicate-key", 2, 1)]


@pytest.mark.parametrize(
    ("text", "place"),
    [("? [1]\n: 2\n", (1, 3)), ("a: 1\n? {b: 1}\n: 2\n", (2, 3)), ("a: {{ size }}\n", (1, 5))],
)
def test_a_collection_as_key_is_a_fault(text: str, place: tuple[int, int]):
    assert faults_of(text) == [("invalid-key", *place)]


def test_own_keys_win_over_merged_ones_wherever_the_merge_stands():
    base = "base: &b {x: 1, y: 2}\n"
    assert load(base + "d: {x: 9, <<: *b}")["d"] == {"x": 9, "y": 2}
    assert load(base + "d: {<<: *b, x: 9}")["d"] == {"x": 9, "y": 2}


def test_the_first_of_several_merged_mappings_wins_for_short_and_long_keys():
    text = "p: &p {a: 1, name: p}\nq: &q {a: 2, name: q, more: q}\nd: {<<: [*p, *q]}"
    assert load(text)["d"] == {"a": 1, "name": "p", "more": "q"}


def test_merges_nest_and_take_inline_mappings():
    text = "p: &p {a: 1}\nq: &q {<<: *p, b: 2}\nr: {<<: [*q, {c: 3}]}"
    assert load(text)["r"] == {"a": 1, "b": 2, "c": 3}


def test_a_quoted_merge_key_is_a_key():
    assert load("'<<': 1") == {"<<": 1}
    assert load("!!str <<: 1") == {"<<": 1}


@pytest.mark.parametrize("value", ["5", "", "[]", "[{a: 1}, 2]", "text"])
def test_a_merge_of_anything_but_mappings_is_a_fault(value: str):
    assert faults_of(f"<<: {value}\na: 1")[0][:2] == ("invalid-merge", 1)


def test_two_merge_keys_in_one_mapping_are_a_duplicate():
    text = "p: &p {a: 1}\nd:\n  <<: *p\n  <<: {b: 1}\n"
    assert faults_of(text) == [("duplicate-key", 4, 3)]


def test_an_anchor_may_be_set_again_and_the_last_one_counts():
    assert load("- &a 1\n- *a\n- &a 2\n- *a\n") == [1, 1, 2, 2]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: *b\n", (1, 4)),
        ("a: *b\nb: &b 1\n", (1, 4)),
        ("a: &a [1, *a]\n", (1, 11)),
        ("a: &a {<<: *a}\n", (1, 12)),
    ],
)
def test_an_alias_without_an_anchor_that_is_complete_is_a_fault(text: str, place: tuple[int, int]):
    assert ("unknown-alias", *place) in faults_of(text)


def test_an_alias_may_be_a_key():
    assert load("a: &x size\n*x : 5\n") == {"a": "size", "size": 5}


@pytest.mark.parametrize("text", ["", "\n", "# only this\n", "---\n", "--- # x\n", "\ufeff", b""])
def test_a_text_without_a_value_is_empty(text: str | bytes):
    document, faults = read(text, name="a.yaml", folder=Path())
    assert document is None
    assert [(fault.code, fault.line, fault.column) for fault in faults] == [("empty-spec", 1, 1)]


@pytest.mark.parametrize("text", ["~", "''", "[1]", "text", "5", "--- {a: 1}\n...\n"])
def test_what_is_no_mapping_is_left_to_the_schema(text: str):
    assert read(text, name="a.yaml", folder=Path())[0] is not None


def test_a_second_document_is_a_fault_and_the_first_is_there():
    document, faults = read("a: 1\n--- \nb: [\n", name="a.yaml", folder=Path())
    assert document is not None
    assert document.data == {"a": 1}
    assert [(fault.code, fault.line) for fault in faults] == [("multiple-documents", 2)]


@pytest.mark.parametrize(
    "data",
    [
        "é: 名😀\n".encode(),
        codecs.BOM_UTF8 + "é: 名😀\n".encode(),
        codecs.BOM_UTF16_LE + "é: 名😀\n".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "é: 名😀\n".encode("utf-16-be"),
    ],
)
def test_utf8_and_marked_utf16_are_read(data: bytes):
    assert load(data) == {"é": "名😀"}


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"a: 1\nb: caf\xe9\n", ("encoding", 2, 7)),
        ("é: 1\r\nb: ".encode() + b"\xff", ("encoding", 2, 4)),
        (codecs.BOM_UTF16_LE + "a\nb".encode("utf-16-le") + b"\x00", ("encoding", 2, 2)),
        (b"a: \xed\xa0\x80", ("encoding", 1, 4)),
        (b"a: 1\nb\x00: 2", ("invalid-character", 2, 2)),
        (b"a: \x1b[31m", ("invalid-character", 1, 4)),
        (b"\x89PNG\r\n\x1a\n", ("encoding", 1, 1)),
        (b"a: PK\x03\x04", ("invalid-character", 1, 6)),
    ],
)
def test_what_is_no_text_is_a_fault_at_its_place(data: bytes, fault: tuple[str, int, int]):
    assert faults_of(data) == [fault]


def test_half_a_surrogate_pair_is_a_fault_raw_and_escaped():
    assert faults_of("a: \ud800") == [("invalid-character", 1, 4)]
    assert faults_of('a: "\\ud800"')[0][:2] == ("invalid-character", 1)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_three_line_ends_count_alike(end: str):
    text = end.join(["a: 1", "", "b: |", "  x", "  y", "a: 2"])
    document, faults = read(text.encode(), name="a.yaml", folder=Path())
    assert document is not None
    assert document.data == {"a": 1, "b": "x\ny\n"}
    assert faults[0].line == 6


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029", "\ufeff"])
def test_the_line_breaks_of_yaml_1_1_are_plain_characters(character: str):
    text = f'a: x{character}y # \ue000\nb: "{character}\\ue001"\nb: 2\n'
    document, faults = read(text, name="a.yaml", folder=Path())
    assert document is not None
    assert document.data == {"a": f"x{character}y", "b": f"{character}\ue001"}
    assert [(fault.line, fault.column) for fault in faults] == [(3, 1)]


def test_all_faults_are_told_at_once_and_in_order():
    text = "a: !x 1\nb: *c\nd: 1\nd: 2\ne: 1e999\nf: [1\n"
    assert [line for _, line, _ in faults_of(text)] == [1, 2, 4, 5, 6]
