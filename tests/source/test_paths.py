"""A path in a spec stays inside the spec's folder or the working directory."""

from __future__ import annotations

import pytest

from nnspec.source.paths import contained


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in ("specs", "work", "outside"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "specs"


@pytest.mark.parametrize(
    "written", ["w.npz", "sub/w.npz", "./a/../w.npz", "../work/w.npz", "..npz", "a b:c.npz"]
)
def test_inside_the_folder_or_the_working_directory_is_fine(folder, written):
    assert contained(written, folder) == (folder / written).resolve()


@pytest.mark.parametrize(
    "written", ["../outside/w.npz", "..", "a/../../outside/w.npz", "../specs2/w.npz"]
)
def test_outside_is_refused_whether_the_file_exists_or_not(folder, written):
    with pytest.raises(ValueError, match="leads outside"):
        contained(written, folder)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("/etc/passwd", "absolute"),
        ("/dev/stdin", "absolute"),
        ("C:\\w.npz", "absolute"),
        ("C:w.npz", "absolute"),
        ("\\\\server\\share\\w.npz", "absolute"),
        ("https://example.org/w.npz", "is a URL"),
        ("file:w.npz", "is a URL"),
        ("", "is no path"),
        ("a\0b", "is no path"),
    ],
)
def test_absolute_paths_and_urls_are_refused(folder, written, reason):
    with pytest.raises(ValueError, match=reason):
        contained(written, folder)


def test_symlinks_are_followed_before_the_judgement(folder):
    (folder / "inside.npz").symlink_to("real.npz")
    assert contained("inside.npz", folder) == folder / "real.npz"
    (folder / "door").symlink_to(folder.parent / "outside")
    (folder / "loop").symlink_to("loop")
    for written in ("door/w.npz", "door/../../outside/w.npz", "loop/../../outside"):
        with pytest.raises(ValueError, match="leads outside"):
            contained(written, folder)


def test_a_folder_that_is_a_symlink_itself_is_fine(folder):
    (folder.parent / "link").symlink_to(folder)
    assert contained("w.npz", folder.parent / "link") == folder / "w.npz"
