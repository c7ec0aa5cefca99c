"""Promises 16 to 18 and 20: full disks, interruption, closed pipes and odd targets."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
from corpus import SUM
from measured import COMMAND, ENVIRONMENT, run

ROWS = 400_000


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "spec.yaml").write_text(SUM)
    np.save(tmp_path / "x.npy", np.random.default_rng(1).normal(size=(ROWS, 2)))
    return tmp_path


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 1 MiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root can mount a small disk; RLIMIT_FSIZE is tested in tests/data")
    yield disk
    subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("name", ["y.csv", "y.npy", "y.parquet"])
def test_a_full_disk_is_one_sentence_and_nothing_left(folder, small_disk, name):
    (small_disk / name).write_bytes(b"old")
    found = run("run", "spec.yaml", "x.npy", "-o", str(small_disk / name), cwd=folder)
    assert found.status == 1
    assert found.err.count("\n") == 1
    assert name in found.err
    assert "no space left" in found.err.lower()
    assert [path.name for path in small_disk.iterdir()] == [name]
    assert (small_disk / name).read_bytes() == b"old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "command",
    ["run spec.yaml x.npy", "validate spec.yaml", "schema", "run --help", "--version"],
)
def test_a_full_standard_output_is_one_sentence(folder, command):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, *command.split()], cwd=folder, env=ENVIRONMENT, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "standard output" in done.stderr


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interruption_ends_it_within_a_second(folder, number, status):
    """While it computes; tests/test_cli.py interrupts it while it waits for rows."""
    process = subprocess.Popen(
        [*COMMAND, "run", "spec.yaml", "x.npy", "-o", "y.jsonl", "--batch-size", "1"],
        cwd=folder, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    until = time.monotonic() + 20
    while not list(folder.glob(".y.jsonl.*")) and time.monotonic() < until:
        time.sleep(0.02)
    sent = time.monotonic()
    process.send_signal(number)
    said = process.communicate(timeout=20)[1]
    assert process.returncode == status
    assert time.monotonic() - sent < 1 * 3  # a machine that has other work
    assert "Traceback" not in said
    assert said.count("\n") == 1
    assert sorted(path.name for path in folder.iterdir()) == ["spec.yaml", "x.npy"]


def test_a_closed_pipe_is_quiet_every_time(folder):
    """Twenty at once, so that the pipe closes at many moments."""
    np.save(folder / "x.npy", np.ones((30_000, 2)))
    script = (
        " ".join(COMMAND)
        + " run spec.yaml x.npy 2>err$1 | head -$((1 + 7 * $1)) >/dev/null; echo ${PIPESTATUS[0]} >status$1"
    )
    runs = [
        subprocess.Popen(["bash", "-c", script, "bash", str(number)], cwd=folder, env=ENVIRONMENT)
        for number in range(20)
    ]
    assert all(one.wait(60) == 0 for one in runs)
    assert [(folder / f"err{number}").read_text() for number in range(20)] == [""] * 20
    assert [(folder / f"status{number}").read_text() for number in range(20)] == ["0\n"] * 20


@pytest.mark.parametrize("number", range(3))
def test_a_closed_standard_stream_is_no_traceback(folder, number):
    closing = {0: "<&-", 1: ">&-", 2: "2>&-"}[number]
    script = " ".join(COMMAND) + f" run spec.yaml '[1, 2]' {closing}"
    done = subprocess.run(["bash", "-c", script], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)  # fmt: skip
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert done.returncode == 0


def test_modes_links_and_pipes_as_targets_of_the_command(folder):
    """New ones by the umask, old ones keep theirs, links stay links, pipes get all."""
    old, real, link = folder / "old.csv", folder / "real.csv", folder / "link.csv"
    old.write_text("")
    old.chmod(0o640)
    real.write_text("")
    link.symlink_to(real)
    fifo = folder / "fifo.csv"
    os.mkfifo(fifo)
    script = "umask 022; for f in new.csv old.csv link.csv; do {0} run spec.yaml '[1, 2]' -o $f || exit 9; done; cat fifo.csv >read & {0} run spec.yaml '[1, 2]' -o fifo.csv; {0} run spec.yaml '[1, 2]' -o /dev/stdout; wait"
    done = subprocess.run(["bash", "-c", script.format(" ".join(COMMAND))], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=True)  # fmt: skip
    assert (folder / "new.csv").stat().st_mode & 0o777 == 0o644
    assert old.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()
    assert real.read_text() == (folder / "read").read_text() == done.stdout == "output0\n3.0\n"
