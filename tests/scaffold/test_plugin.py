"""The templates make a distribution that installs, and whose tests pass untouched."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import nnspec
from nnspec.scaffold.plugin import render, write

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A plugin, written and installed by pip into a folder of its own."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("plugin") / "nnspec-soft-clip"
    write("soft-clip", folder)
    site = folder.parent / "site"
    options = ["--no-build-isolation", "--no-deps", "--no-index", "--disable-pip-version-check"]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", *options, "--target", site, folder]
    done = subprocess.run(pip, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    environment = {**os.environ, "PYTHONPATH": f"{site}{os.pathsep}{ROOT}"}

    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def test_its_own_tests_pass_untouched(installed):
    done = installed("pytest", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout
    assert "passed" in done.stdout


def test_nnspec_finds_it_by_its_entry_point(installed):
    done = installed("nnspec", "activations", "soft_clip")
    assert done.returncode == 0
    assert "provider  nnspec-soft-clip 0.1.0" in done.stdout
    assert "slope: 0.25" in done.stdout


@pytest.mark.parametrize("name", ["a", "soft-clip", "x2", "class", "np", "module", "name"])
def test_any_allowed_name_gives_sound_files(name):
    texts = render(name)
    project = tomllib.loads(texts["pyproject.toml"])
    module = f"nnspec_{name.replace('-', '_')}"
    assert project["project"]["name"] == f"nnspec-{name}"
    assert project["project"]["entry-points"]["nnspec"] == {name: module}
    assert project["project"]["dependencies"][0] == f"nnspec>={nnspec.__version__}"
    assert set(texts) == {"README.md", "pyproject.toml", f"{module}.py", f"tests/test_{module}.py"}
    for path, text in texts.items():
        if path.endswith(".py"):
            compile(text, path, "exec")


@pytest.mark.parametrize(
    "name", ["", "Soft", "soft_clip", "soft clip", "2x", "-x", "x-", "a--b", "é", "../x", "a" * 51]
)
def test_other_names_are_refused(name):
    with pytest.raises(nnspec.UsageError, match="lower-case letters, digits and single hyphens"):
        render(name)


def test_what_is_written_is_formatted_and_without_a_complaint_of_ruff(tmp_path):
    write("soft-clip", tmp_path)
    options = ["--isolated", "--no-cache", "--line-length", "100", "."]
    for command in (["format", "--check"], ["check", "--select", "E,F,W,I,N,UP,B,C4,PT,RUF100"]):
        ruff = [sys.executable, "-m", "ruff", *command, *options]
        done = subprocess.run(
            ruff, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stdout
