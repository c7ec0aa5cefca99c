"""A change is shown as a diff that `patch` takes, and written whole with the file's mode."""

from __future__ import annotations

import subprocess

import pytest

from nnspec.errors import OutputError
from nnspec.examine import Options
from nnspec.fix.change import Change, change

FAULTY = "nnspec: 1\ntask: binray\ninput: 2\nlayers: []\noutput: 1"


def test_a_diff_shows_the_change_and_patch_applies_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(FAULTY)
    found = change("a.yaml", Options())
    assert found.diff() == (
        "--- a.yaml\n+++ a.yaml\n@@ -1,5 +1,5 @@\n nnspec: 1\n-task: binray\n+task: binary\n"
        " input: 2\n layers: []\n output: 1\n\\ No newline at end of file\n"
    )
    subprocess.run(["patch", "-p0"], input=found.diff(), text=True, check=True, timeout=60)
    assert (tmp_path / "a.yaml").read_bytes() == found.after


def test_writing_keeps_the_mode_and_a_link(tmp_path):
    real, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    real.write_text(FAULTY)
    real.chmod(0o640)
    link.symlink_to(real)
    change(str(link), Options()).write()
    assert "task: binary" in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()
    assert change(str(link), Options()) is None


def test_a_folder_in_the_way_leaves_nothing_half_done(tmp_path):
    with pytest.raises(OutputError):
        Change(str(tmp_path), b"a", b"b").write()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", [".", "missing.yaml", "a\0b"])
def test_what_cannot_be_read_is_no_change(name):
    assert change(name, Options()) is None


def test_names_in_a_diff_cannot_act_on_a_terminal():
    assert "\x1b" not in Change("a\x1b[31m.yaml", b"a: 1\n", b"a: 2\n").diff()
