"""`nnspec new-plugin` writes a distribution, or nothing at all, and says what to type next."""

from __future__ import annotations

import pytest


def test_it_writes_a_distribution_and_prints_the_next_commands(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = call("new-plugin", "soft-clip")
    assert done.status == 0
    folder = tmp_path / "nnspec-soft-clip"
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert files == {
        "README.md",
        "nnspec_soft_clip.py",
        "pyproject.toml",
        "tests/test_nnspec_soft_clip.py",
    }
    for line in (
        "pip install --editable 'nnspec-soft-clip[test]'",
        "python -m pytest nnspec-soft-clip",
        "nnspec activations soft_clip",
    ):
        assert f"  {line}\n" in done.out


def test_the_folder_may_be_another_one_that_is_new_or_empty(call, tmp_path):
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "new one" / "below"):
        done = call("new-plugin", "soft-clip", "--folder", folder)
        assert done.status == 0
        assert (folder / "pyproject.toml").is_file()
    assert f"python -m pytest '{tmp_path}/new one/below'" in done.out


def test_the_module_that_it_writes_works_with_plugin(call, tmp_path):
    call("new-plugin", "soft-clip", "--folder", tmp_path / "new")
    done = call("activations", "soft_clip", "--plugin", tmp_path / "new" / "nnspec_soft_clip.py")
    assert done.status == 0
    assert "slope·x" in done.out


def test_a_folder_that_holds_something_is_left_as_it_is(call, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    done = call("new-plugin", "soft-clip", "--folder", tmp_path)
    assert done.status == 1
    assert "exists already and is not empty" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_that_is_a_file_or_cannot_be_made_is_one_sentence(call, tmp_path):
    (tmp_path / "file").write_text("")
    for folder in ("file", "file/below", "zero\0byte"):
        done = call("new-plugin", "soft-clip", "--folder", tmp_path / folder)
        assert done.status in {1, 2}
        assert done.err.startswith("nnspec: ") or "Invalid value" in done.err
        assert done.out == ""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Soft", "cannot be a plugin's name"),
        ("nnspec-soft", "leave 'nnspec-' out"),
        ("relu", "has an activation 'relu' already"),
        ("hard-tanh", "has an activation 'hard_tanh' already"),
        ("swish", "has an activation 'swish' already"),
        ("swiglu", "belongs to nnspec-glu"),
        ("learnable", "belongs to nnspec-learnable"),
    ],
)
def test_a_name_that_cannot_be_is_wrong_usage(call, tmp_path, monkeypatch, name, said):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NNSPEC_DISABLE_PLUGIN_AUTOLOAD", "1")
    done = call("new-plugin", name)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert list(tmp_path.iterdir()) == []
