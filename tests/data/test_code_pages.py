"""The pages of the codes that data can have show what `nnspec validate --data` prints."""

from __future__ import annotations

import re

import pytest

from nnspec.data.check import check
from nnspec.diagnostics import pages
from nnspec.examine import Options, examine_text

PAGES = [code for code in pages.codes() if code.startswith("data-")]


@pytest.mark.parametrize("code", PAGES)
def test_the_failing_data_fail_as_shown_and_the_mended_ones_are_fine(code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = pages.read(code) + "\n"
    (inputs,) = re.findall(r"`(input: .*)`", page)
    text = f"nnspec: 1\ntask: regression\n{inputs}\nlayers: []\noutput: 1\n"
    spec = examine_text(text, Options(), name="spec.yaml", folder=tmp_path).spec
    bad, shown, good = re.findall(
        r"x\.csv\n(.*?)\n(?:\$[^\n]*\n(.*?)\n)?```.*x\.csv\n(.*?)\n```", page, re.DOTALL
    )[0]
    path = (tmp_path / "x.csv").relative_to(tmp_path)
    path.write_text(bad)
    assert [str(one) for one in check(path, spec, {})] == [shown]
    assert f"[{code}]" in shown
    path.write_text(good)
    assert check(path, spec, {}) == []
