"""Whatever plain data we write as YAML, our reader gives back the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnspec.show.yaml_text import to_yaml
from nnspec.source import yaml

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["no", "on", "~", "null", "010", "0o10", "0x1F", "1e-5", ".5", "+.inf", ".nan", "=", "<<", "-", "?",
     "a: b", "#c", "'", '"', "|", "&a", "*a", "!t", "%", "@", "2001-01-01", "1_000", "\u2028", "\x85"]
)  # fmt: skip
SCALARS = (
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | TEXTS | st.floats(allow_nan=False)
)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def read(text: str):
    document, diagnostics = yaml.read(text, name="x.yaml", folder=Path())
    assert not diagnostics, text
    return document.data


def same(a, b) -> bool:
    if isinstance(a, dict) and isinstance(b, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    return type(a) is type(b) and a == b


@settings(max_examples=300, deadline=None)
@given(DATA)
def test_data_survive_writing_and_reading(data):
    assert same(read(to_yaml({"data": data}))["data"], data)


def test_small_lists_stand_on_one_line_and_keys_keep_their_order():
    text = to_yaml({"zeta": [1, 2], "alpha": {"name": "gelu", "approximate": "tanh"}})
    assert text == "zeta: [1, 2]\nalpha: {name: gelu, approximate: tanh}\n"


def test_words_of_other_scripts_stay_readable():
    assert "ねこ" in to_yaml({"labels": ["ねこ", "犬"]})


@pytest.mark.parametrize("text", ["a" * 300, "word " * 80, "\n\n  x\n", "\t"])
def test_long_and_odd_texts(text):
    assert read(to_yaml({"t": text, "l": [text]})) == {"t": text, "l": [text]}
