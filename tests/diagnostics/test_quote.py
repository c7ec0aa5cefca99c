"""Foreign text in messages is short, on one line, and cannot act on a terminal."""

from __future__ import annotations

import pytest

from nnspec.diagnostics.quote import escape, quote


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("relu", "'relu'"), ("it's", '"it\'s"'), ("a'b\"", "'a\\'b\"'"), ("a\nb\tc\r", "'a\\nb\\tc\\r'"),
        ("\x1b[31m", "'\\x1b[31m'"), ("\u202etxt", "'\\u202etxt'"), ("\x9b", "'\\x9b'"),
        ("\ud800", "'\\ud800'"), ("\\n", "'\\\\n'"), ("é名😀", "'é名😀'"), ("\U000e0041", "'\\U000e0041'"),
        (None, "null"), (True, "true"), (False, "false"), (5, "5"), (0.5, "0.5"), ([], "[]"), ({}, "{}"),
        ({"a": [1, None]}, "{a: [1, null]}"), (list(range(9)), "[0, 1, 2, 3, 4, 5, …]"),
    ],
)  # fmt: skip
def test_a_value_is_shown_as_a_spec_would_write_it(value: object, text: str):
    assert quote(value) == text


@pytest.mark.parametrize(
    "value",
    [
        "x" * 10**6,
        "\x1b" * 10**6,
        10**5000,
        [["x" * 500] * 9] * 9,
        {"k" * 500: {"k" * 500: "\0" * 500}},
    ],
    ids=["text", "controls", "integer", "lists", "mappings"],
)
def test_no_more_than_200_characters(value: object):
    assert len(quote(value)) <= 200


def test_a_cycle_has_an_end():
    ring: list[object] = []
    ring.append(ring)
    assert quote(ring) == "[[[…]]]"


def test_escape_leaves_what_a_person_can_see():
    assert escape("naïve σ 名 👩\u200d💻") == "naïve σ 名 👩\u200d💻"
    assert escape("a\u2066b\ufeff\xa0") == "a\\u2066b\\ufeff\\xa0"
