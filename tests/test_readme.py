"""The README is true: its commands print what it says, its Python and its plugin run."""

from __future__ import annotations

import doctest
import re
import sys
from pathlib import Path

import numpy as np
import pytest

import nnspec

sys.path.insert(0, str(Path(__file__).parent))
import readme

TEXT = readme.README.read_text(encoding="utf-8")


def test_generated_parts_are_up_to_date():
    assert readme.refreshed(TEXT) == TEXT, "regenerate with: python tests/readme.py"


def test_make_run_prints_what_is_shown():
    (block,) = re.findall(r"```\n\$ make run\n(.*?)```", TEXT, re.DOTALL)
    commands = re.findall(r"^\.venv/bin/nnspec (.*)$", block, re.MULTILINE)
    makefile = (readme.ROOT / "Makefile").read_text(encoding="utf-8")
    assert commands == re.findall(
        r"^\t\$\(BIN\)/nnspec (.*)$", makefile.split("\ntest:")[0], re.MULTILINE
    )
    printed = {line for command in commands for line in readme.run(command).splitlines()}
    shown = [line for line in block.splitlines() if not line.startswith((".venv", "…"))]
    assert len(shown) > 8
    assert set(shown) <= printed


def test_the_python_session_runs_as_written(monkeypatch):
    monkeypatch.chdir(readme.ROOT)
    (block,) = re.findall(r"```python\n(>>> .*?)```", TEXT, re.DOTALL)
    test = doctest.DocTestParser().get_doctest(block, {}, "README.md", "README.md", 0)
    assert len(test.examples) > 8
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    report: list[str] = []
    runner.run(test, out=report.append)
    assert not report, "".join(report)


def test_the_plugin_is_ten_lines_that_work(tmp_path):
    (block,) = re.findall(r"```python\n# swell\.py\n(.*?)```", TEXT, re.DOTALL)
    assert len([line for line in block.splitlines() if line.strip()]) <= 10
    (tmp_path / "swell.py").write_text(block)
    spec = "\n".join(
        [
            "nnspec: 1",
            "task: regression",
            "dtype: float64",
            "input: 1",
            "layers: [{type: activation, activation: {name: swell, gain: 2}}]",
            "output: 1",
            "weights: {values: {output.weight: [[1]], output.bias: [0]}}",
        ]
    )
    model = nnspec.loads(spec, plugins=[str(tmp_path / "swell.py")])
    np.testing.assert_allclose(model([[1.5]]), [[1.5 / (1 + np.exp(-3.0))]], rtol=1e-15)
    with pytest.raises(nnspec.SpecError) as error:
        nnspec.loads(spec.replace("gain: 2", "gain: -1"), plugins=[str(tmp_path / "swell.py")])
    assert [(d.line, d.column, d.code) for d in error.value.diagnostics] == [(5, 61, "bad-range")]


def test_the_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#:]+)\)", TEXT):
        assert (readme.ROOT / target).exists(), target
