"""What a path can be besides a spec: each a diagnostic at 1:1, and none makes reading wait."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nnspec.source.yaml import read_file


def refusal(path: Path) -> tuple[str, int, int, str]:
    document, (fault,) = read_file(path)
    assert document is None
    assert fault.file == str(path)
    return fault.code, fault.line, fault.column, fault.message


def test_a_file_is_read_with_its_folder_and_under_the_name_given(tmp_path: Path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: 1\na: 2\n")
    document, (fault,) = read_file(path, name="<stdin>")
    assert document is not None
    assert (document.folder, document.name, fault.file) == (tmp_path, "<stdin>", "<stdin>")


def test_a_missing_file(tmp_path: Path):
    assert refusal(tmp_path / "a.yaml") == ("unreadable-spec", 1, 1, "no such file")


def test_a_folder(tmp_path: Path):
    assert "folder" in refusal(tmp_path)[3]


def test_a_path_through_a_file(tmp_path: Path):
    (tmp_path / "a").touch()
    assert refusal(tmp_path / "a" / "b")[0] == "unreadable-spec"


@pytest.mark.parametrize("name", ["a" * 5000, "a\0b"])
def test_a_name_that_no_file_can_have(tmp_path: Path, name: str):
    assert refusal(tmp_path / name)[0] == "unreadable-spec"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_and_a_device_are_refused_without_waiting(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    assert "pipe" in refusal(tmp_path / "pipe")[3]
    assert "device" in refusal(Path("/dev/zero"))[3]


def test_a_loop_of_links(tmp_path: Path):
    (tmp_path / "a").symlink_to(tmp_path / "a")
    assert refusal(tmp_path / "a")[0] == "unreadable-spec"


def test_a_file_beyond_4_mib_is_not_read_whole(tmp_path: Path):
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(2**40)
    assert refusal(path)[0] == "spec-too-large"
