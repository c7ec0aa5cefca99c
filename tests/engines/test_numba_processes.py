"""The numba engine in processes of its own: its cache, other machines' vectors, threads, forks, copies."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytest.importorskip("numba", reason="`make peers` runs this, with numba")

SCRIPT = """
import os, sys, numpy as np, nnspec
from nnspec.engines.numba import machine, maker
make, made = maker.make, []
maker.make = lambda recipes: made.extend(recipes) or make(recipes)
if len(sys.argv) > 1:
    features, architecture = sys.argv[1].split(","), sys.argv[2]
    chosen = machine.choose(set(features), architecture)
    machine.choose = lambda *_: chosen
text = '''{nnspec: 1, task: multiclass, input: 40, output: 7, weights: {init: he_normal},
layers: [{size: 100, activation: silu}, {size: 49, activation: gelu}]}'''
model = nnspec.loads(text, engine="numba")
run = model.program("outputs")
assert run.wait(), run.reason
x = np.random.default_rng(0).standard_normal((2000, 40)).astype("f4")
y = model(x)
assert np.abs(y - nnspec.loads(text, engine="numpy")(x)).max() < 5e-7
assert all(model(x[k:k + n]).tobytes() == y[k:k + n].tobytes() for k in (0, 9) for n in range(20))
if hasattr(os, "fork"):
    child = os.fork()
    if child == 0:
        os._exit(model(x).tobytes() != y.tobytes())
    assert os.waitpid(child, 0)[1] == 0
assert "numba" not in sys.modules  # another process compiles
print(len(made) > 0)
"""


def run_script(cache, *args):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SCRIPT, *args],
        env={**os.environ, "NUMBA_CACHE_DIR": str(cache)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_code_is_kept_on_disk_and_a_spoilt_or_missing_cache_is_made_anew(tmp_path):
    assert run_script(tmp_path) == "True"
    assert run_script(tmp_path) == "False"  # nothing was compiled
    for file in tmp_path.rglob("run-*"):
        file.write_bytes(file.read_bytes()[:-9] + b"corrupted")
    for file in tmp_path.rglob("each-*"):
        file.write_bytes(file.read_bytes()[:50])
    assert run_script(tmp_path) == "True"
    assert run_script(tmp_path) == "False"


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path):
    nowhere = tmp_path / "file"
    nowhere.write_text("no folder")
    assert run_script(nowhere) == "True"


@pytest.mark.skipif(os.name == "nt", reason="ownership of files is a matter of POSIX")
def test_a_cache_that_others_may_write_to_is_not_read(tmp_path):
    run_script(tmp_path)
    for folder in tmp_path.rglob("*"):
        if folder.is_dir():
            folder.chmod(0o777)
    assert run_script(tmp_path) == "True"


@pytest.mark.parametrize("machine", ["avx2,fma x86_64", "sse2 x86_64", "neon aarch64"])
def test_kernels_for_other_vectors_give_the_same(machine, tmp_path):
    run_script(tmp_path, *machine.split())


THREADS = """
import hashlib, multiprocessing, os, sys
from concurrent.futures import ThreadPoolExecutor
import numpy as np, nnspec
from nnspec.engines.numpy.threads import cores

TEXT = '''{nnspec: 1, task: multiclass, input: 96, output: 7, weights: {init: he_normal}, layers: [
{size: 384, activation: silu}, {type: layernorm}, {size: 50, activation: gelu}]}'''
x = np.random.default_rng(0).standard_normal((1000, 96)).astype("f4")

def digest(rows):
    model = nnspec.loads(TEXT, engine="numba", deterministic=True)
    assert model.program("outputs").reason == ""
    return hashlib.sha256(model(x[:rows]).tobytes()).hexdigest()

if __name__ == "__main__":
    assert cores() == int(os.environ["OMP_NUM_THREADS"])
    model = nnspec.loads(TEXT, engine="numba", deterministic=True)
    y = model(x)
    def same(rows):
        return model(x[:rows]).tobytes() == y[:rows].tobytes()
    counts = [1, 2, 7, 16, 64, 95, 96, 97, 500, 1000]
    assert all(map(same, counts))
    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(same, counts * 5))
    if hasattr(os, "fork"):
        child = os.fork()
        if child == 0:
            os._exit(not all(map(same, counts)))
        assert os.waitpid(child, 0)[1] == 0
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(digest, [1000]) == [digest(1000)]
    print(digest(1000))
"""


def test_a_row_has_the_same_bits_with_1_to_64_threads_after_a_fork_and_under_spawn(tmp_path):
    script = tmp_path / "threads.py"
    script.write_text(THREADS)
    digests = set()
    for threads in ("1", "3", "64"):
        environment = {"OMP_NUM_THREADS": threads, "NUMBA_CACHE_DIR": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-W", "ignore", str(script)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        digests.add(done.stdout)
    assert len(digests) == 1
