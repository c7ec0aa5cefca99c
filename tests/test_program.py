"""The program ends at once, but not before its threads and exit handlers have."""

from __future__ import annotations

import subprocess
import sys

SPEC = "nnspec: 1\ntask: regression\ninput: 1\nlayers: []\noutput: 1\nweights: {init: zeros}\n"
PLUGIN = """
import atexit, pathlib, threading, time
import nnspec

def late():
    time.sleep(0.3)
    pathlib.Path("thread.txt").write_text("waited for")

threading.Thread(target=late).start()
atexit.register(lambda: pathlib.Path("handler.txt").write_text("called"))

@nnspec.hookimpl
def nnspec_activations():
    return []
"""


def nnspec(folder, *words, **more):
    return subprocess.run(
        [sys.executable, "-m", "nnspec", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        **more,
    )


def test_threads_are_waited_for_and_exit_handlers_called(tmp_path):
    (tmp_path / "spec.yaml").write_text(SPEC)
    (tmp_path / "mine.py").write_text(PLUGIN)
    done = nnspec(tmp_path, "run", "spec.yaml", "[2.0]", "--plugin", "mine.py")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "0.0"
    assert (tmp_path / "thread.txt").read_text() == "waited for"
    assert (tmp_path / "handler.txt").read_text() == "called"


def test_the_exit_status_of_a_fault_is_kept(tmp_path):
    (tmp_path / "spec.yaml").write_text(SPEC.replace("input: 1", "input: one"))
    assert nnspec(tmp_path, "validate", "spec.yaml").returncode == 1
    assert nnspec(tmp_path, "validate").returncode == 2


def test_what_is_printed_to_a_pipe_is_whole(tmp_path):
    (tmp_path / "spec.yaml").write_text(SPEC)
    rows = "\n".join(["[1.0]"] * 20000)
    done = nnspec(tmp_path, "run", "spec.yaml", "-", input=rows)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1:] == ["0.0"] * 20000


def test_importing_the_program_runs_nothing(tmp_path):
    code = "import sys; path = list(sys.path); import nnspec.__main__; assert sys.path == path"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False)
    assert done.returncode == 0
