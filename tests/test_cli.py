"""The command line's frame: exit statuses, help, suggestions, pipes, signals, foreign folders."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import nnspec
from nnspec import folder

COMMANDS = [name.rstrip("_").replace("_", "-") for name in folder.names("nnspec.commands")]


def test_version(nnspec_command):
    done = nnspec_command("--version")
    assert (done.returncode, done.stdout) == (0, f"nnspec {nnspec.__version__}\n")


def test_help_lists_the_commands_and_gives_examples(nnspec_command):
    done = nnspec_command("--help")
    assert done.returncode == 0
    assert all(f"  {command} " in done.stdout for command in COMMANDS)
    assert "nnspec run specs/textbook.yaml '[1.0, 0.5]'" in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_gives_examples(nnspec_command, command):
    done = nnspec_command(command, "--help")
    assert done.returncode == 0
    assert f"  nnspec {command}" in done.stdout.split("Examples:")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rum"], "did you mean 'run'?"),
        (["validate"], "PATH"),
        (["run", "x.yaml"], "DATA"),
        (["run", "textbook.yaml", "[1, 2]", "--emit", "label"], "outputs, logits, labels"),
        (["run", "textbook.yaml", "[1, 2]", "--emit", "labels"], "regression"),
        (["run", "textbook.yaml", "[1, 2]", "--emit", "layer:dense9"], "dense"),
        (["run", "textbook.yaml", "[1, 2]", "--engine", "nunpy"], "did you mean 'numpy'?"),
        (["run", "textbook.yaml", "[1, 2]", "-o", "y.xls"], ".npy"),
        (["run", "textbook.yaml", "[1, 2]", "--batch-size", "0"], "batch-size"),
        (["trace", "textbook.yaml", "[1, 2]", "--row", "7"], "row"),
        (["explain", "unknown-activatoin"], "did you mean 'unknown-activation'?"),
        (["activations", "rleu"], "did you mean 'relu'?"),
    ],
)
def test_wrong_usage_is_status_2_and_one_clear_message(nnspec_command, textbook, arguments, said):
    done = nnspec_command(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_spec_with_faults_is_status_1_with_every_fault_at_its_place(nnspec_command, tmp_path):
    (tmp_path / "a b.yaml").write_text(
        "nnspec: 1\ntask: binray\ninput: 2\nlayers:\n  - {size: 3, activation: rleu}\noutput: 1\n"
    )
    done = nnspec_command("run", "a b.yaml", "[1, 2]")
    assert done.returncode == 1
    assert "a b.yaml:2:7: error[bad-choice]" in done.stderr
    assert "a b.yaml:5:27: error[unknown-activation]: unknown activation 'rleu'" in done.stderr
    assert "help: did you mean 'relu'?" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_closed_pipe_is_no_error(nnspec_command, textbook, tmp_path):
    np.save(tmp_path / "x.npy", np.zeros((200_000, 2)))
    command = (
        f"{shlex.quote(sys.executable)} -m nnspec run textbook.yaml x.npy 2>err; echo $? >status"
    )
    subprocess.run(["sh", "-c", f"({command}) | head -1 >/dev/null"], cwd=tmp_path, check=True)
    for _ in range(100):
        if (tmp_path / "status").exists() and (tmp_path / "status").read_text():
            break
        time.sleep(0.1)
    assert (tmp_path / "status").read_text() == "0\n"
    assert (tmp_path / "err").read_text() == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_device_is_named_in_one_sentence(textbook, tmp_path):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "nnspec", "run", "textbook.yaml", "[1, 2]"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "standard output" in done.stderr
    assert "no space left" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_leaves_nothing_and_says_so(textbook, tmp_path, number, status):
    os.mkfifo(tmp_path / "rows.csv")
    process = subprocess.Popen(
        [sys.executable, "-m", "nnspec", "run", "textbook.yaml", "rows.csv", "-o", "y.csv"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
    )
    with (tmp_path / "rows.csv").open("w") as rows:  # waits until the command reads
        rows.write("1,2\n" * 100_000)
        rows.flush()
        for _ in range(100):
            if list(tmp_path.glob(".y.csv.*")):
                break
            time.sleep(0.05)
        assert list(tmp_path.glob(".y.csv.*")), "the output is on its way"
        process.send_signal(number)
        _, said = process.communicate(timeout=10)
    assert process.returncode == status
    assert "Traceback" not in said
    assert sorted(p.name for p in tmp_path.iterdir()) == ["rows.csv", "textbook.yaml"]


def test_a_module_call_runs_nothing_of_a_strangers_folder(nnspec_command, tmp_path, textbook):
    for name in ("yaml", "click", "numpy", "json"):
        (tmp_path / f"{name}.py").write_text("open('ran', 'w').close()")
    info = tmp_path / "evil-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[nnspec]\nevil = evil\n")
    (tmp_path / "evil.py").write_text("open('ran', 'w').close()")
    done = nnspec_command("run", "textbook.yaml", "[1.0, 0.5]")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "ran").exists()
    assert "evil" not in nnspec_command("plugins").stdout
