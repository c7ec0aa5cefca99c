"""The pages of the codes of weights: their failing spec fails where it says so, the mended one not."""

from __future__ import annotations

import re
from importlib.resources import files

import numpy as np
import pytest

from nnspec.examine import Options, examine_text

PAGES = sorted(
    (
        page
        for page in (files("nnspec.diagnostics") / "codes").iterdir()
        if page.name.startswith("weights-")
    ),
    key=lambda page: page.name,
)


@pytest.fixture
def folder(tmp_path):
    """The files that the pages speak of."""
    weight, bias = np.array([[0.5], [0.25]]), np.array([0.0])
    ours = {"output.weight": weight, "output.bias": bias}
    np.savez(tmp_path / "w.npz", **ours)
    np.savez(tmp_path / "integers.npz", **ours | {"output.weight": weight.astype(int)})
    np.savez(tmp_path / "numbered.npz", W1=weight, b1=bias)
    np.savez(tmp_path / "both.npz", W1=weight, b1=bias, **{"0.weight": weight.T, "0.bias": bias})
    np.savez(tmp_path / "foreign.npz", slope=weight, start=bias)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_fails_at_its_marked_line_alone_and_its_mended_spec_is_fine(page, folder):
    code = page.name.removesuffix(".md")
    fails, mended = re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    marked = [n for n, line in enumerate(fails.split("\n"), 1) if line.endswith(f"# error: {code}")]
    found = examine_text(fails, Options(), name="fails.yaml", folder=folder).diagnostics
    assert [(one.line, one.code) for one in found] == [(line, code) for line in marked]
    assert examine_text(mended, Options(), name="mended.yaml", folder=folder).diagnostics == ()
