"""The pages of the codes of schema and rules: a failing spec fails where it says so, and only so."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files

import pytest

from nnspec.plugin.registry import Provider

CODES = [
    "bad-choice", "bad-name", "bad-parameter", "bad-range", "bad-type", "bad-value", "bad-version",
    "binary-size", "checks-keys", "denormalize-task", "duplicate-name", "features-count",
    "labels-count", "missing-key", "normalize-count", "plugin-conflict", "plugin-missing",
    "size-mismatch", "threshold-count", "threshold-range", "threshold-task", "too-many-layers",
    "unknown-activation", "unknown-key", "unknown-layer-type",
]  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_a_page_fails_at_its_marked_lines_alone_and_its_mended_spec_is_sound(
    examine, registry, code
):
    page = (files("nnspec.diagnostics") / "codes" / f"{code}.md").read_text(encoding="utf-8")
    fails, mended = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    if code == "plugin-conflict":
        pair = (Provider("nnspec", "nnspec", "1"), Provider("other-relu"))
        registry = replace(registry, conflicts={("activation", "relu"): pair})
    marks = [n for n, line in enumerate(fails.split("\n"), 1) if line.endswith(f"# error: {code}")]
    assert marks
    assert [(one.line, one.code) for one in examine(fails, registry)[1]] == [
        (line, code) for line in marks
    ]
    assert examine(mended, registry)[1] == []
