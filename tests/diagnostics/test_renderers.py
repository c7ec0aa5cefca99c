"""What a person and a program are shown."""

from __future__ import annotations

import json

import pytest

from nnspec.diagnostics.diagnostic import Diagnostic
from nnspec.diagnostics.excerpt import WIDTH, excerpt
from nnspec.diagnostics.renderers import json as json_renderer
from nnspec.diagnostics.renderers import text as text_renderer

LINE = "  - {size: 50, activation: rleu}"
UNKNOWN = Diagnostic(
    "specs/a.yaml", 7, 28, 7, 32, "error", "unknown-activation", "unknown activation 'rleu'",
    "did you mean 'relu'?", "/layers/0/activation", LINE,
)  # fmt: skip
ADVICE = Diagnostic(
    "a.yaml", 12, 1, 14, 3, "warning", "linear", "two linear layers", None, "", "layers:"
)
GOLDEN = """\
specs/a.yaml:7:28: error[unknown-activation]: unknown activation 'rleu'
 7 |   - {size: 50, activation: rleu}
   |                            ^~~~
help: did you mean 'relu'?

a.yaml:12:1: warning[linear]: two linear layers
 12 | layers:
    | ^~~~~~~"""


def test_the_text_form():
    assert text_renderer.render([UNKNOWN, ADVICE]) == GOLDEN


def test_colours_only_when_asked_for_and_they_add_nothing_else():
    coloured = text_renderer.render([UNKNOWN], color=True)
    assert "\x1b[1;31merror[unknown-activation]:\x1b[0m" in coloured
    plain = coloured
    for code in ("\x1b[0m", "\x1b[1m", "\x1b[34m", "\x1b[1;31m", "\x1b[1;36m"):
        plain = plain.replace(code, "")
    assert plain == text_renderer.render([UNKNOWN])


def test_a_hundred_are_shown_and_the_others_counted():
    shown = text_renderer.render([UNKNOWN] * 1123)
    assert shown.count("error[") == 100
    assert shown.endswith("\n\nand 1,023 more")


def test_without_a_source_line_there_is_no_excerpt():
    assert (
        text_renderer.render([Diagnostic("a", 1, 1, 1, 2, "error", "c", "m")])
        == "a:1:1: error[c]: m"
    )


def test_no_text_from_a_file_reaches_the_terminal_raw():
    hostile = "\x1b]0;x\x07\u202e\x9b\ud800\n::error::"
    shown = text_renderer.render(
        [Diagnostic(hostile, 1, 1, 1, 3, "error", hostile, hostile, hostile, hostile, hostile)]
    )
    assert all(line.isprintable() for line in shown.split("\n"))
    assert not any(line.startswith("::") for line in shown.split("\n"))


@pytest.mark.parametrize(
    ("line", "column", "end", "shown", "carets"),
    [
        ("a: b", 4, 5, "a: b", "   ^"),
        ("a:", 3, 3, "a:", "  ^"),
        ("\ta: b", 5, 6, "    a: b", "       ^"),
        ("\ta: b", 1, 2, "    a: b", "^~~~"),
        ("名前: x", 5, 6, "名前: x", "      ^"),
        ("名前: x", 1, 3, "名前: x", "^~~~"),
        ("e\u0301: x", 5, 6, "e\u0301: x", "   ^"),
        ("a\x1b: x", 5, 6, "a\\x1b: x", "       ^"),
        ("a: b   ", 4, 9, "a: b", "   ^"),
        ("a: b", 90, 99, "a: b", "    ^"),
    ],
)
def test_the_caret_stands_under_its_place(
    line: str, column: int, end: int, shown: str, carets: str
):
    assert excerpt(line, column, end) == (shown, carets)


@pytest.mark.parametrize("column", [1, 50, 99, 150, 4_990])
def test_a_long_line_is_cut_around_the_place(column: int):
    line = "." * (column - 1) + "HERE" + "." * (5_000 - column)
    shown, carets = excerpt(line, column, column + 4)
    assert len(shown) <= WIDTH + 1
    assert shown[len(carets) - 4 : len(carets)] == "HERE"
    assert carets.strip() == "^~~~"


def test_a_span_longer_than_the_excerpt_ends_with_it():
    shown, carets = excerpt("x" * 5_000, 1, 5_001)
    assert len(carets) <= len(shown) <= WIDTH + 1


def test_the_json_form_has_exactly_the_agreed_keys():
    (form,) = json.loads(json_renderer.render([UNKNOWN]))
    assert form == {
        "file": "specs/a.yaml", "line": 7, "column": 28, "end_line": 7, "end_column": 32,
        "severity": "error", "code": "unknown-activation", "message": "unknown activation 'rleu'",
        "hint": "did you mean 'relu'?", "pointer": "/layers/0/activation",
    }  # fmt: skip


def test_json_is_valid_ascii_whatever_the_text_and_leaves_nothing_out():
    hostile = 'a"\\\n\x00\x1b\u2028\ud800'
    diagnostics = [Diagnostic(hostile, 1, 1, 1, 2, "error", "c", hostile)] * 150
    shown = json_renderer.render(diagnostics)
    assert shown.isascii()
    assert [form["message"] for form in json.loads(shown)] == [hostile] * 150
