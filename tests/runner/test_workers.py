"""`nnspec run --workers N` as processes: the same bits and the same errors, and none left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
SPEC = """\
nnspec: 1
task: regression
input: 3
layers: [{size: 8, activation: strict}, {size: 5, activation: tanh}]
output: 2
weights: {init: he_normal, seed: 0}
"""
PLUGIN = """\
import os, time
import numpy as np
import nnspec

def strict(x):
    if os.environ.get("SLOW"):
        open(f"{os.getpid()}.busy", "w").close()
        time.sleep(60)
    if (x > 1e6).any():
        raise nnspec.DataError("too large for this activation")
    return np.abs(x)

@nnspec.hookimpl
def nnspec_activations():
    return [nnspec.Activation("strict", strict)]
"""


@pytest.fixture
def start(tmp_path):
    """Start `nnspec run` on data.csv; what was started is ended with the test."""
    (tmp_path / "spec.yaml").write_text(SPEC)
    (tmp_path / "plugin.py").write_text(PLUGIN)
    started = []

    def run(*options, out="y.npy", slow=False):
        words = ["run", "spec.yaml", "data.csv", "-o", out, "--plugin", "plugin.py"]
        words += ["--batch-size", "7", "--engine", "numpy", *options]
        process = subprocess.Popen(
            [sys.executable, "-m", "nnspec", *words],
            cwd=tmp_path,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "NNSPEC_DISABLE_PLUGIN_AUTOLOAD": "1",
                "SLOW": "1" if slow else "",
            },
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def finish(process):
    said = process.communicate(timeout=60)[1]
    return process.returncode, said


def write(tmp_path, rows):
    text = "".join(",".join(map(repr, row)) + f",row {k}\n" for k, row in enumerate(rows.tolist()))
    (tmp_path / "data.csv").write_text("a,b,c,name\n" + text)


def workers(tmp_path, count):
    """Wait for so many processes that compute, and give their numbers."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        busy = [int(path.stem) for path in tmp_path.glob("*.busy")]
        if len(busy) == count:
            return busy
        time.sleep(0.02)
    raise AssertionError("the processes do not compute")


def gone(numbers):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        alive = []
        for number in numbers:
            with suppress(OSError):
                state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
                alive += [number] if state != "Z" else []
        if not alive:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("options", [["--emit", "outputs"], ["--keep", "name"]])
def test_the_same_bytes_as_one_process_writes(tmp_path, start, options):
    write(tmp_path, np.random.default_rng(0).normal(size=(100, 3)))
    names = [f"y{count}.{'csv' if '--keep' in options else 'npy'}" for count in (1, 2, 3)]
    for count, name in enumerate(names, 1):
        assert finish(start(*options, "--workers", str(count), out=name)) == (0, "")
    contents = [(tmp_path / name).read_bytes() for name in names]
    assert contents[0] == contents[1] == contents[2]


@pytest.mark.parametrize("wrong", ["1e30", "word", "nan"])
def test_an_error_is_told_as_by_one_process(tmp_path, start, wrong):
    """One in the network, in the data, and in what the data may hold."""
    rows = np.random.default_rng(0).normal(size=(60, 3))
    write(tmp_path, rows)
    text = (tmp_path / "data.csv").read_text().splitlines()
    text[40] = f"{wrong},1,{wrong},row 40"
    (tmp_path / "data.csv").write_text("\n".join(text))
    alone = finish(start("--nan", "fail"))
    assert alone[0] == 1
    assert alone[1].startswith("nnspec: ")
    assert finish(start("--nan", "fail", "--workers", "2")) == alone
    assert not [path for path in tmp_path.iterdir() if "y.npy" in path.name]


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_end_takes_the_workers_along(tmp_path, start, number, status):
    write(tmp_path, np.zeros((100, 3)))
    process = start("--workers", "2", slow=True)
    numbers = workers(tmp_path, 2)
    process.send_signal(number)
    word = "interrupted" if number == signal.SIGINT else "terminated"
    assert finish(process) == (status, f"nnspec: {word}\n")
    assert gone(numbers)
    assert not [path for path in tmp_path.iterdir() if "y.npy" in path.name]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_workers_end_when_who_started_them_is_killed(tmp_path, start):
    write(tmp_path, np.zeros((100, 3)))
    process = start("--workers", "2", slow=True)
    numbers = workers(tmp_path, 2)
    process.kill()
    assert gone(numbers)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_worker_that_is_killed_is_one_sentence(tmp_path, start):
    write(tmp_path, np.zeros((100, 3)))
    process = start("--workers", "2", slow=True)
    numbers = workers(tmp_path, 2)
    os.kill(numbers[0], signal.SIGKILL)
    status, said = finish(process)
    assert (status, said.count("\n")) == (1, 1)
    assert "a process was ended from outside" in said
    assert gone(numbers)
    assert not [path for path in tmp_path.iterdir() if "y.npy" in path.name]
