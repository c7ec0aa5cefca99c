"""Mending real specs: good ones keep their bytes, faulty ones never get worse."""

from __future__ import annotations

from difflib import ndiff
from pathlib import Path

import pytest

from nnspec.examine import Options, examine_text
from nnspec.fix.mend import mend

SPECS = Path(__file__).parent.parent / "specs"
GOOD = sorted(SPECS.glob("valid/*.yaml"))
FAULTY = sorted(SPECS.glob("invalid/*.yaml"))


def examiner(path: Path):
    return lambda data: examine_text(data, Options(), name=path.name, folder=path.parent)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_spec_changes_at_most_by_the_digest_of_its_weights(path):
    before = path.read_bytes()
    after, examined = mend(before, examiner(path))
    assert not examined.faulty
    old, new = before.decode(), after.decode()
    for line in ndiff(old.splitlines(), new.splitlines()):
        assert not line.startswith("+") or "sha256: " in line


@pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.stem)
def test_a_faulty_spec_gets_better_or_stays_as_it_is(path):
    examine = examiner(path)
    before = path.read_bytes()
    after, left = mend(before, examine)
    found = examine(before)
    if after == before:
        assert left.diagnostics == found.diagnostics
    else:
        assert len(left.diagnostics) < len(found.diagnostics)
    assert mend(after, examine)[0] == after
