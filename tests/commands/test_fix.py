"""`nnspec validate --fix` mends files, `--diff` shows how, `--data` judges data by the spec."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

FAULTY = "# ours\nnnspec: 1\ntask: binray   # yes or no\ninput: 2\nlayers: []\noutput: 1\n"
MENDED = FAULTY.replace("binray", "binary")


def test_a_file_is_mended_and_what_is_left_is_reported(nnspec_command, spec):
    path = spec(FAULTY + "colour: red\n")
    path.chmod(0o640)
    done = nnspec_command("validate", path, "--fix")
    assert done.returncode == 1
    assert path.read_text() == MENDED + "colour: red\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert done.stderr == f"mended {path}\n"
    assert "unknown key 'colour'" in done.stdout
    assert "binray" not in done.stdout


def test_mending_twice_changes_nothing(call, spec):
    path = spec(FAULTY)
    assert call("validate", path, "--fix").status == 0
    before = (path.stat().st_ino, path.stat().st_mtime_ns)
    done = call("validate", path, "--fix")
    assert (done.status, done.err) == (0, "")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == before


def test_a_diff_writes_nothing(call, spec):
    path = spec(FAULTY)
    done = call("validate", path, "--fix", "--diff")
    assert done.status == 1
    assert "\n-task: binray   # yes or no\n+task: binary   # yes or no\n" in done.out
    assert path.read_text() == FAULTY


def test_standard_input_is_shown_as_a_diff_and_cannot_be_mended(nnspec_command):
    done = nnspec_command(
        "validate", "-", "--fix", "--diff", "--stdin-filename", "a.yaml", stdin=FAULTY
    )
    assert done.stdout.startswith("--- a.yaml\n+++ a.yaml\n")
    refused = nnspec_command("validate", "-", "--fix", stdin=FAULTY)
    assert refused.returncode == 2
    assert "--fix --diff" in refused.stderr


@pytest.mark.parametrize("options", [["--diff"], ["--fix", "--diff", "--format", "json"]])
def test_wrong_usage(call, spec, options):
    assert call("validate", spec(FAULTY), *options).status == 2


def test_folders_are_mended_and_faultless_files_left_alone(call, spec, tmp_path):
    spec(FAULTY, "a.yaml")
    fine = spec(MENDED, "b.yaml")
    before = (fine.stat().st_ino, fine.stat().st_mtime_ns)
    done = call("validate", tmp_path, "--fix")
    assert done.status == 0
    assert (tmp_path / "a.yaml").read_text() == MENDED
    assert (fine.stat().st_ino, fine.stat().st_mtime_ns) == before


def test_a_file_that_may_not_be_written_stays_and_is_told(call, spec, monkeypatch):
    path = spec(FAULTY)

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    done = call("validate", path, "--fix")
    assert done.status == 1
    assert "permission denied" in done.err
    assert path.read_text() == FAULTY
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_the_digest_of_a_weights_file_is_added(call, spec, tmp_path):
    np.savez(tmp_path / "w.npz", **{"output.weight": [[0.5], [1.0]], "output.bias": [0.0]})
    digest = hashlib.sha256((tmp_path / "w.npz").read_bytes()).hexdigest()
    path = spec(MENDED + "weights: w.npz\n")
    assert call("validate", path, "--fix").status == 0
    assert path.read_text() == MENDED + f"weights: {{file: w.npz, sha256: {digest}}}\n"


def test_data_are_judged_at_their_lines(nnspec_command, spec, tmp_path):
    path = spec(MENDED.replace("input: 2", "input: {size: 2, features: [a, b]}"))
    (tmp_path / "x.csv").write_text("a,b,id\n1,2,7\n3,nan,8\n")
    done = nnspec_command("validate", path, "--data", "x.csv")
    assert done.returncode == 1
    assert "x.csv:1:1: warning[data-unused]: no input takes 'id'" in done.stdout
    assert "x.csv:3:1: error[data-nan]: row 1, column 'b': nan is no number" in done.stdout
    (tmp_path / "x.csv").write_text("a,b,id\n1,2,7\n3,4,8\n")
    assert nnspec_command("validate", path, "--data", "x.csv").returncode == 0
    strict = nnspec_command("validate", path, "--data", "x.csv", "--strict")
    assert strict.returncode == 1


def test_data_wait_until_the_spec_is_sound(call, spec, tmp_path):
    done = call("validate", spec(FAULTY), "--data", tmp_path / "missing.csv")
    assert "bad-choice" in done.out
    assert "data-" not in done.out


@pytest.mark.parametrize(
    ("text", "options", "before", "after"),
    [
        (FAULTY + "colour: red\n", [], "2 errors; 1 can be mended with --fix", "1 error"),
        (FAULTY.replace("nnspec: 1\n", ""), [], "2 errors; 2 can be mended with --fix", "no faults"),
        # One word for two keys, a word over two lines, two that come near: a person decides.
        (MENDED + "metdata: {}\nmetadta: {}\n", [], "2 errors", "2 errors"),
        (MENDED + 'desc\n  ription: a\n', [], "1 error", "1 error"),
        (MENDED + "weights: w.npz\n", [], "no faults", "no faults"),
        (MENDED + "weights: w.npz\n", ["--strict"], "1 error; 1 can be mended with --fix", "no faults"),
    ],
)  # fmt: skip
def test_the_last_line_counts_what_fix_mends(call, spec, text, options, before, after):
    path = spec(text)
    np.savez(path.with_name("w.npz"), **{"output.weight": np.ones((2, 1)), "output.bias": [1.0]})
    for asked, counts in (([], before), (["--fix", "--diff"], before), (["--fix"], after)):
        assert call("validate", path, *asked, *options).out.splitlines()[-1] == f"1 spec: {counts}"
