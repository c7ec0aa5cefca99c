"""`# nnspec: ignore[code]`: what a comment is, what it silences, and what it never does."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from nnspec.examine import Options, examine_text
from nnspec.source.comments import comments

HEAD = "nnspec: 1\ntask: regression\ninput: 2\n"
STEP = "layers:\n- {size: 2, activation: step}"


def found(text, **options):
    examined = examine_text(text, Options(**options), name="a.yaml", folder=Path())
    return [(one.line, one.code) for one in examined.diagnostics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b # c", ["# c"]),
        ("a: b\t#c", ["#c"]),
        ("# c\na: b", ["# c"]),
        ("a: b#c", []),
        ("a: 'b # c'", []),
        ('a: "b \\" # c" # d', ["# d"]),
        ("a: 'b\n  # c\n  d' # e", ["# e"]),
        ("a: | # b\n  c # d\n  # e\nf: g # h", ["# b", "# h"]),
        ("a: >-\n  c # d\n\n# e\nf: g", ["# e"]),
        ("[a, 'b # c'] # d", ["# d"]),
        ("a: x\u2028y # c", ["# c"]),
        ("a: b # c\n--- %\n- @", ["# c"]),
    ],
)
def test_a_comment_begins_after_white_space_outside_quotes_and_blocks(text, expected):
    assert [one.text for one in comments(text)] == expected


@pytest.mark.parametrize(
    "comment",
    [
        "# nnspec: ignore[step-gradient]",
        "#nnspec:ignore[ step-gradient ] set by hand",
        "# by hand # nnspec: ignore[step-gradient]",
    ],
)
def test_a_warning_is_ignored_in_its_line(comment):
    assert found(f"{HEAD}{STEP}\noutput: 1") == [(5, "step-gradient")]
    assert found(f"{HEAD}{STEP} {comment}\noutput: 1") == []


def test_only_in_its_line_and_only_its_code():
    ignore = "# nnspec: ignore[step-gradient]"
    both = [(5, "step-gradient"), (6, "useless-ignore")]
    assert found(f"{HEAD}{STEP}\noutput: 1 {ignore}") == both
    assert found(f"{HEAD}{STEP}\n{ignore}\noutput: 1") == both
    other = "# nnspec: ignore[linear-layers]"
    assert found(f"{HEAD}{STEP} {other}\noutput: 1") == [
        (5, "step-gradient"),
        (5, "useless-ignore"),
    ]


def test_several_codes_in_one_comment():
    layers = "layers: [{size: 2}, {size: 2, activation: step}]"
    ignore = "# nnspec: ignore[linear-layers,step-gradient]"
    assert found(f"{HEAD}{layers} {ignore}\noutput: 1") == []


def test_quoted_text_that_looks_like_a_comment_ignores_nothing():
    layers = "layers: [{size: 2, activation: step}]"
    assert found(f"{HEAD}{layers}\noutput: 1\nname: 'a # nnspec: ignore[x]'") == [
        (4, "step-gradient")
    ]


def test_an_error_stays_an_error_and_the_comment_is_told_so():
    examined = examine_text(
        f"{HEAD}layers: [] # nnspec: ignore[bad-range]\noutput: 0 # nnspec: ignore[bad-range]",
        Options(),
        name="a.yaml",
        folder=Path(),
    )
    error, warning = examined.diagnostics
    assert (error.line, error.severity, error.code) == (5, "error", "bad-range")
    assert (warning.line, warning.severity, warning.code) == (5, "warning", "useless-ignore")
    assert warning.message == "bad-range is an error here, which cannot be ignored"
    assert warning.column == len("output: 0 # nnspec: ignore[") + 1


def test_a_misspelt_code_is_answered():
    examined = examine_text(
        f"{HEAD}layers: []\noutput: 1 # nnspec: ignore[lineer-layers]",
        Options(),
        name="a.yaml",
        folder=Path(),
    )
    (warning,) = examined.diagnostics
    assert (warning.severity, warning.message) == ("warning", "there is no code 'lineer-layers'")
    assert warning.hint == "did you mean 'linear-layers'?"


def test_what_only_strict_asks_is_not_useless_without_it(tmp_path):
    import numpy as np

    np.savez(tmp_path / "w.npz", **{"output.weight": np.ones((2, 1)), "output.bias": np.ones(1)})
    text = f"{HEAD}layers: []\noutput: 1\nweights: w.npz"
    path = tmp_path / "a.yaml"
    for comment, strict, expected in [
        ("", False, []),
        ("", True, [(6, "weights-unpinned")]),
        (" # nnspec: ignore[weights-unpinned]", False, []),
        (" # nnspec: ignore[weights-unpinned]", True, []),
    ]:
        options = Options(strict=strict)
        examined = examine_text(text + comment, options, name=str(path), folder=tmp_path)
        assert [(one.line, one.code) for one in examined.diagnostics] == expected


@pytest.mark.parametrize(
    "tail",
    [
        "# nnspec: ignore[" + "a," * 500_000 + "]",
        "# nnspec: ignore[x]\n" * 50_000,
        "# nnspec:" * 100_000,
    ],
    ids=["codes", "comments", "beginnings"],
)
def test_a_flood_of_comments_costs_little(tail):
    text = f"{HEAD}layers: []\noutput: 1 {tail}\n"
    begin = time.perf_counter()
    told = found(text)
    assert time.perf_counter() - begin < 5
    assert {code for _, code in told} <= {"useless-ignore"}
    assert len(told) <= 100
