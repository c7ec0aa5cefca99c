"""Whatever the bytes, reading gives a document or a fault, and never raises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnspec.diagnostics.renderers import json as json_renderer
from nnspec.diagnostics.renderers import text as text_renderer
from nnspec.source.yaml import read

SPEC = """\
nnspec: 1
task: multiclass
input: {size: 64, normalize: &n {mean: 0.0, std: 16.0}}
layers:
  - &wide {size: 50, activation: {name: gelu, approximate: tanh}}
  - <<: *wide
    name: "zweite\\u00e9"
output:
  size: 2
  labels: ['ja', |
    nein
    ]
weights: !!str w.npz
"""
PIECES = ["[", "]", "{", "}", ": ", "- ", "\n", "\t", "&a ", "*a", "!!int ", "!", "|\n", "> ", "'", '"',
          "#", "%", "? ", "<<: ", "---\n", "...\n", "\x00", "\x85", "\u2028", "\ufeff", "\\ud800", "1e999",
          ",", "~", "\r", " ", "@", "%TAG ! x\n", "%YAML 1.1\n", "a", "b: c"]  # fmt: skip
SETTINGS = settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(params=["c", "python"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)


def check(text: str | bytes) -> None:
    document, faults = read(text, name="a\x1b.yaml", folder=Path())
    assert document is not None or faults
    shown = text_renderer.render(faults)
    assert all(line.isprintable() for line in shown.replace("\u3000", "").split("\n"))
    assert len(json.loads(json_renderer.render(faults))) == len(faults)
    for fault in faults:
        assert (1, 1) <= (fault.line, fault.column) <= (fault.end_line, fault.end_column)
    if document is not None:
        lines = document.text.split("\n")
        for span in (*document.keys.values(), *document.values.values()):
            assert (span.line, span.column) <= (span.end_line, span.end_column)
            assert span.end_column <= len(lines[span.end_line - 1]) + 1


@SETTINGS
@given(st.binary(max_size=100))
def test_any_bytes(loader: None, data: bytes):
    check(data)


@SETTINGS
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_heap_of_syntax(loader: None, text: str):
    check(text)


@SETTINGS
@given(st.integers(0, len(SPEC)), st.integers(0, 8), st.sampled_from([*PIECES, ""]))
def test_any_slip_in_a_spec(loader: None, place: int, cut: int, piece: str):
    check(SPEC[:place] + piece + SPEC[place + cut :])
