"""Runs of many blocks as processes: bounded memory, and no half file whatever fails."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
MIB = 1 << 20
SPEC = """\
nnspec: 1
task: regression
input: {inputs}
layers: [{{size: 8, activation: relu}}]
output: 2
weights: {{init: he_normal, seed: 0}}
"""


@pytest.fixture
def run(tmp_path):
    """Run `nnspec run` on data, in a process; give its status, what it said and its peak memory."""

    def command(data, out, *options, inputs, limit=None):
        (tmp_path / "spec.yaml").write_text(SPEC.format(inputs=inputs))
        process = subprocess.Popen(
            [sys.executable, "-m", "nnspec", "run", "spec.yaml", data, "-o", out, *options],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=limit,
        )
        said = process.stderr.read()
        process.stderr.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return process.returncode, said, usage.ru_maxrss * 1024

    return command


def sparse(path, rows, columns):
    """Write zeros that take no disk."""
    np.lib.format.open_memmap(path, "w+", np.float32, (rows, columns)).flush()


def test_memory_does_not_grow_with_the_rows(tmp_path, run):
    sparse(tmp_path / "small.npy", 1, 784)
    sparse(tmp_path / "large.npy", 100_000, 784)  # 314 MB
    status, said, base = run("small.npy", "y.npy", inputs=784)
    assert (status, said) == (0, "")
    status, said, peak = run("large.npy", "y.npy", inputs=784)
    assert (status, said) == (0, "")
    assert np.load(tmp_path / "y.npy", mmap_mode="r").shape == (100_000, 2)
    assert peak < base + 80 * MIB


@pytest.mark.parametrize(("rows", "columns"), [(1_000_000, 1), (300, 100_000)])
def test_nor_with_the_shape_of_the_data(tmp_path, run, rows, columns):
    sparse(tmp_path / "one.npy", 1, columns)
    sparse(tmp_path / "x.npy", rows, columns)
    _, _, base = run("one.npy", "y.npy", inputs=columns)
    status, said, peak = run("x.npy", "y.npy", inputs=columns)
    assert (status, said) == (0, "")
    assert peak < base + 100 * MIB


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_nor_in_formats_of_text(tmp_path, run, suffix):
    line = {"csv": "0.25,1\n", "jsonl": "[0.25, 1]\n"}[suffix]
    (tmp_path / f"one.{suffix}").write_text(line)
    (tmp_path / f"x.{suffix}").write_text(line * 300_000)
    _, _, base = run(f"one.{suffix}", f"y.{suffix}", inputs=2)
    status, said, peak = run(f"x.{suffix}", f"y.{suffix}", inputs=2)
    assert (status, said) == (0, "")
    assert (tmp_path / f"y.{suffix}").read_text().count("\n") == 300_000 + (suffix == "csv")
    assert peak < base + 100 * MIB


def test_rows_come_out_as_from_one_block(tmp_path, run):
    x = np.random.default_rng(0).normal(size=(1000, 3)).astype(np.float32)
    np.save(tmp_path / "x.npy", x)
    np.savetxt(tmp_path / "x.csv", x, delimiter=",", fmt="%.9g")
    run("x.npy", "whole.npy", inputs=3)
    for data in ("x.npy", "x.csv"):
        status, said, _ = run(data, "y.npy", "--batch-size", "16", inputs=3)
        assert (status, said) == (0, "")
        assert (tmp_path / "y.npy").read_bytes() == (tmp_path / "whole.npy").read_bytes()


def test_a_fault_in_a_late_block_leaves_no_file(tmp_path, run):
    (tmp_path / "x.csv").write_text("a,b\n" + "1,2\n" * 500_000 + "1,1_0\n" + "1,2\n" * 500_000)
    status, said, _ = run("x.csv", "y.npy", inputs=2)
    assert status == 1
    assert said == "nnspec: x.csv, line 500002: column 'b': '1_0' is not a number\n"
    assert {path.name for path in tmp_path.iterdir()} == {"spec.yaml", "x.csv"}


@pytest.mark.parametrize("suffix", ["npy", "csv"])
def test_a_full_disk_in_a_late_block_leaves_no_file(tmp_path, run, suffix):
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (MIB, MIB))

    sparse(tmp_path / "x.npy", 500_000, 3)
    status, said, _ = run("x.npy", f"y.{suffix}", inputs=3, limit=limit)
    assert status == 1
    assert said == f"nnspec: cannot write y.{suffix}: file too large\n"
    assert {path.name for path in tmp_path.iterdir()} == {"spec.yaml", "x.npy"}


@pytest.mark.parametrize("suffix", ["npy", "csv"])
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interruption_ends_all_stages(tmp_path, suffix, number, status):
    (tmp_path / "spec.yaml").write_text(SPEC.format(inputs=3))
    if suffix == "csv":
        (tmp_path / "x.csv").write_text("1,2,3\n" * 3_000_000)
    else:
        sparse(tmp_path / "x.npy", 30_000_000, 3)
    process = subprocess.Popen(
        [sys.executable, "-m", "nnspec", "run", "spec.yaml", f"x.{suffix}", "-o", "y.csv"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + 20
    while not any(path.stat().st_size > MIB for path in tmp_path.glob(".y.csv.*")):
        assert time.monotonic() < until
        time.sleep(0.01)
    process.send_signal(number)
    _, said = process.communicate(timeout=20)
    assert process.returncode == status
    assert said.count("\n") == 1
    assert {path.name for path in tmp_path.iterdir()} == {"spec.yaml", f"x.{suffix}"}


def test_nan_in_a_late_block(tmp_path, run):
    sparse(tmp_path / "x.npy", 300_000, 3)
    np.load(tmp_path / "x.npy", mmap_mode="r+")[200_000, 1] = np.nan
    status, said, _ = run("x.npy", "y.npy", inputs=3)
    assert status == 0
    assert "1 of 300,000 rows hold NaN or infinity, the first of them row 200000" in said
    status, said, _ = run("x.npy", "z.npy", "--nan", "fail", inputs=3)
    assert status == 1
    assert "row 200000, input 1 is nan" in said
    assert not (tmp_path / "z.npy").exists()
