"""The pages of the codes that reading emits: their failing spec fails where it says so."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from nnspec.source.yaml import read

CODES = [
    "duplicate-key",
    "empty-spec",
    "invalid-character",
    "invalid-key",
    "invalid-merge",
    "invalid-scalar",
    "multiple-documents",
    "spec-too-large",
    "unknown-alias",
    "unknown-tag",
    "yaml-syntax",
]


@pytest.mark.parametrize("code", CODES)
def test_a_page_fails_at_its_marked_line_alone_and_its_mended_spec_reads(code: str):
    page = (files("nnspec.diagnostics") / "codes" / f"{code}.md").read_text(encoding="utf-8")
    fails, mended = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    marked = [n for n, line in enumerate(fails.split("\n"), 1) if line.endswith(f"# error: {code}")]
    _, faults = read(fails, name="fails.yaml", folder=Path())
    assert [(fault.line, fault.code) for fault in faults] == [(line, code) for line in marked]
    document, faults = read(mended, name="mended.yaml", folder=Path())
    assert document is not None
    assert faults == []
