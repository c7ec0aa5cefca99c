"""Promises 16 to 18 and 20: full disks, interruption, closed pipes and odd targets."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from corpus import SUM
from measured import COMMAND, ENVIRONMENT, run

from nnspec.validation.judge import SHARE

if TYPE_CHECKING:
    from collections.abc import Callable

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


INTERRUPTIONS = [(signal.SIGINT, 130), (signal.SIGTERM, 143)]
WITHIN = 1.0
"""Seconds from the signal to the end; alone on a machine it takes a tenth of that."""


def interrupt(command: list[str], folder: Path, number: int, begun: Callable[[int], object]) -> int:
    """Start a command, send it a signal when it has begun, and give its status."""
    process = subprocess.Popen(
        [*COMMAND, *command], cwd=folder, env=ENVIRONMENT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )  # fmt: skip
    until = time.monotonic() + 20
    while not begun(process.pid) and time.monotonic() < until:
        time.sleep(0.02)
    assert begun(process.pid), "it has begun"
    sent = time.monotonic()
    process.send_signal(number)
    out, said = process.communicate(timeout=20)
    assert time.monotonic() - sent < WITHIN
    assert out == ""
    assert "Traceback" not in said
    assert said.count("\n") == 1
    assert ends(process.pid), "none of its processes lives on"
    return process.returncode


def ends(group: int) -> bool:
    """Wait for the last process of a group: Python's tracker ends when it has seen the others go."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(("number", "status"), INTERRUPTIONS)
def test_an_interruption_ends_it_within_a_second(folder, number, status):
    """While it computes; tests/test_cli.py interrupts it while it waits for rows."""
    command = ["run", "spec.yaml", "x.npy", "-o", "y.jsonl", "--batch-size", "1"]
    assert interrupt(command, folder, number, lambda _: [*folder.glob(".y.jsonl.*")]) == status
    assert sorted(path.name for path in folder.iterdir()) == ["spec.yaml", "x.npy"]


@pytest.mark.parametrize(
    "command", ["run spec.yaml [1,2] --plugin slow.py", "validate spec.yaml --plugin slow.py"]
)
@pytest.mark.parametrize(("number", "status"), INTERRUPTIONS)
def test_an_interruption_is_no_fault_of_a_plugin_that_is_being_loaded(folder, number, status, command):  # fmt: skip
    """Loading stands ready for whatever a plugin raises, and this it does not raise."""
    (folder / "slow.py").write_text(
        "import time\nopen('begun', 'w').close()\nexec('time.sleep(60)')\n"
    )
    assert (
        interrupt(command.split(), folder, number, lambda _: (folder / "begun").exists()) == status
    )


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one processor has one process")
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="this system lists no children")
@pytest.mark.parametrize(("number", "status"), INTERRUPTIONS)
def test_an_interruption_ends_all_processes_that_judge_specs(tmp_path, number, status):
    """Two thousand specs take several processes; none outlives the one that was told to end."""
    for one in range(2 * SHARE):
        (tmp_path / f"{one}.yaml").write_text(SUM)

    def begun(process: int) -> bool:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        return len(children) >= 1 + 2  # a tracker of Python's own, and two that judge

    assert interrupt(["validate", str(tmp_path)], tmp_path, number, begun) == status


def test_a_closed_pipe_is_quiet_every_time(folder):
    """Twenty at once, so that the pipe closes at many moments."""
    np.save(folder / "x.npy", np.ones((30_000, 2)))
    script = (
        shlex.join(COMMAND)
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
    script = shlex.join(COMMAND) + f" run spec.yaml '[1, 2]' {closing}"
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
    done = subprocess.run(["bash", "-c", script.format(shlex.join(COMMAND))], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=True)  # fmt: skip
    assert (folder / "new.csv").stat().st_mode & 0o777 == 0o644
    assert old.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()
    assert real.read_text() == (folder / "read").read_text() == done.stdout == "output0\n3.0\n"
