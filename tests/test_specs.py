"""The language by examples: valid specs load, invalid ones fail on the lines that say so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import nnspec

HERE = Path(__file__).parent / "specs"
VALID = sorted((HERE / "valid").glob("*.yaml"))
INVALID = sorted((HERE / "invalid").glob("*.yaml"))
MARK = re.compile(r"# (error|warning): ([a-z-]+)\s*$")


def test_there_are_examples():
    assert len(VALID) > 15
    assert len(INVALID) > 40


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_spec_has_no_faults(path):
    assert nnspec.validate(path) == []


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_spec_fails_on_its_marked_lines_and_nowhere_else(path):
    lines = path.read_text(encoding="utf-8").split("\n")
    marked = [
        (n, *found.groups()) for n, line in enumerate(lines, 1) if (found := MARK.search(line))
    ]
    assert marked, "an invalid spec marks its faulty lines with `# error: code`"
    found = [(one.line, one.severity, one.code) for one in nnspec.validate(path)]
    assert found == marked


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_every_fault_says_what_is_there_and_how_to_mend_it(path):
    for one in nnspec.validate(path):
        assert one.message
        assert one.hint, f"{one} has no hint"
        assert "None of" not in one.message
        assert "not valid under" not in one.message
