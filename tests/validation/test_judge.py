"""Many specs: the same verdicts in the same order from one process or several."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from nnspec.examine import Options
from nnspec.validation import judge as judging
from nnspec.validation.files import SpecFile, find
from nnspec.validation.judge import judge

SPEC = "nnspec: 1\ntask: regression\ninput: 2\nlayers: []\noutput: 1\n"


@pytest.fixture
def folder(tmp_path):
    for number in range(60):
        fault = f"unknown{number}: 1\n" if number % 7 == 0 else ""
        (tmp_path / f"{number:02}.yaml").write_text(SPEC + fault)
    return tmp_path


def test_several_processes_find_the_same_in_the_same_order(folder, monkeypatch):
    files = find([str(folder)])
    alone = judge(files, Options())
    assert [Path(one.file).name for one in alone] == [f"{k:02}.yaml" for k in range(0, 60, 7)]
    monkeypatch.setattr(judging, "SHARE", 20)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert judge(files, Options()) == alone
    assert "PYTHONSAFEPATH" not in os.environ


def test_no_process_imports_what_lies_in_the_current_folder(folder, nnspec_command, tmp_path):
    """Python's way to start a process puts the current folder first on its path."""
    for module in ("multiprocessing", "signal", "yaml", "numpy"):
        (folder / f"{module}.py").write_text(f"open('{module}.ran', 'w')\n")
    script = (
        "import os, sys; del sys.path[0]; import nnspec.validation.judge as judging;"
        "judging.SHARE = 20; os.cpu_count = lambda: 2;"
        "from nnspec.cli import main; main(['validate', '.'])"
    )
    done = nnspec_command(python=("-c", script))
    assert done.stdout.endswith("60 specs: 9 errors\n"), done.stderr
    assert not list(folder.glob("*.ran"))


def test_standard_input_goes_to_another_process_too(folder, monkeypatch):
    monkeypatch.setattr(judging, "SHARE", 20)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    files = [*find([str(folder)]), SpecFile("<stdin>", b"nnspec: 2\n")]
    assert judge(files, Options())[0].file == "<stdin>" or any(
        one.file == "<stdin>" for one in judge(files, Options())
    )


@pytest.mark.parametrize(
    ("text", "is_spec"),
    [
        ("nnspec: 1\n", True),
        ("# a comment\n\n'nnspec' : 1\n", True),
        ("\ufeffnnspec: 1\n", True),
        ("task: binary\r\nnnspec: 1\r\n", True),
        ("task: binary\rnnspec: 1\r", True),
        ('{"nnspec": 1, "task": "binary"}', True),
        ('{\n  "nnspec": 1,\n  "task": "binary"\n}\n', True),
        ("a:\n  nnspec: 1\n", False),
        ("# nnspec: 1\n", False),
        ("nnspecs: 1\n", False),
        ("a: nnspec: 1\n", False),
        ("", False),
    ],
)
def test_a_spec_is_known_by_its_key(tmp_path, text, is_spec):
    (tmp_path / "a.yaml").write_bytes(text.encode())
    (tmp_path / "b.yml").write_text(text.lstrip("\ufeff"), encoding="utf-16")
    found = find([str(tmp_path)], only_specs=True)
    assert [Path(file.name).name for file in found] == (["a.yaml", "b.yml"] if is_spec else [])


def test_each_spec_is_judged_once_under_its_first_name(folder, monkeypatch):
    monkeypatch.chdir(folder)
    names = [file.name for file in find(["05.yaml", ".", str(folder / "00.yaml"), "./05.yaml"])]
    assert names == ["05.yaml", *(f"{k:02}.yaml" for k in range(60) if k != 5)]


def test_hidden_folders_and_unreadable_files_are_no_specs(folder):
    (folder / ".git").mkdir()
    shutil.copy(folder / "00.yaml", folder / ".git")
    (folder / "dangling.yaml").symlink_to("nowhere.yaml")
    (folder / "folder.yaml").mkdir()
    if sys.platform != "win32":
        os.mkfifo(folder / "pipe.yaml")
    assert len(find([str(folder)])) == 60
