"""Every code has a page, and every page's specs do what the page says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import numpy as np
import pytest

import nnspec
from nnspec.diagnostics import pages
from nnspec.errors import SpecError
from nnspec.examine import Options, examine_text
from nnspec.plugin.manager import load_plugins

PAGES = pages.codes()
SHOWN_ONLY = {"encoding", "unreadable-spec", *(code for code in PAGES if code.startswith("data-"))}
"""No text of a spec can show these: the page has the command and what it prints."""
SOURCE = Path(nnspec.__file__).parent


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The files that the pages on weights and plugins speak of."""
    weight, bias = np.array([[0.5], [0.25]]), np.array([0.0])
    ours = {"output.weight": weight, "output.bias": bias}
    np.savez(tmp_path / "w.npz", **ours)
    np.savez(tmp_path / "integers.npz", **ours | {"output.weight": weight.astype(int)})
    np.savez(tmp_path / "numbered.npz", W1=weight, b1=bias)
    np.savez(tmp_path / "both.npz", W1=weight, b1=bias, **{"0.weight": weight.T, "0.bias": bias})
    np.savez(tmp_path / "foreign.npz", slope=weight, start=bias)
    (tmp_path / "other_relu.py").write_text(
        "import nnspec\n\n@nnspec.hookimpl\ndef nnspec_activations():\n"
        "    return [nnspec.Activation('relu', abs)]\n"
    )
    (tmp_path / "wave_pack.py").write_text(
        "import nnspec, numpy\n\n@nnspec.hookimpl\ndef nnspec_activations():\n"
        "    return [nnspec.Activation('wave', numpy.sin)]\n"
    )
    info = tmp_path / "wave_pack-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: wave-pack\nVersion: 1.2\n")
    (info / "entry_points.txt").write_text("[nnspec]\nwave = wave_pack\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("NNSPEC_DISABLE_PLUGINS", "none-of-these")  # apart from what is cached
    return tmp_path


def diagnostics(text, folder, code):
    plugins = (str(folder / "other_relu.py"),) if code == "plugin-conflict" else ()
    options = Options(plugins=plugins, strict=code == "weights-unpinned")
    return examine_text(text, options, name="spec.yaml", folder=folder).diagnostics


@pytest.mark.parametrize("code", PAGES)
def test_a_page_says_what_it_means_why_it_matters_and_how_to_mend_it(code):
    page = pages.read(code) + "\n"
    assert page.startswith(f"# `{code}`\n")
    assert "Why it matters: " in page
    assert "\n## Fails\n" in page
    assert "\n## Mended\n" in page


@pytest.mark.parametrize("code", sorted(set(PAGES) - SHOWN_ONLY))
def test_the_failing_spec_fails_on_its_marked_lines_and_the_mended_one_is_fine(code, folder):
    fails, mended = re.findall(r"```yaml\n(.*?)```", pages.read(code) + "\n", re.DOTALL)
    marked = [
        (number, code)
        for number, line in enumerate(fails.split("\n"), 1)
        if re.search(rf"# (error|warning): {code}\b", line)
    ]
    assert marked
    assert [(one.line, one.code) for one in diagnostics(fails, folder, code)] == marked
    assert diagnostics(mended, folder, code) == ()


def test_every_code_in_the_source_has_a_page_and_every_page_is_emitted():
    """Codes are the only hyphenated words in lower case there, but for names of rules."""
    words = set()
    for room in ("source", "schema", "spec", "weights", "data"):
        for path in (SOURCE / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    words |= (
                        {node.value}
                        if re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", node.value)
                        else set()
                    )
    rules = {rule.name for rule in load_plugins().rules}
    encodings = {word for word in words if word.startswith(("utf-", "latin-"))}
    assert {word for word in words if "-" in word} - rules - encodings - set(PAGES) == set()
    assert set(PAGES) - words == set()


def test_an_error_carries_all_faults_sorted_by_place():
    with pytest.raises(SpecError) as error:
        nnspec.loads("nnspec: 1\ntask: mutliclass\ninptu: 3\nlayers: []\noutput: 0\n")
    places = [(one.line, one.column) for one in error.value.diagnostics]
    assert places == sorted(places)
    assert len(places) >= 3
