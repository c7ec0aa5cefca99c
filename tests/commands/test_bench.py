"""`nnspec bench` on real processes; what is timed is not asserted, only told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

SPEC = """
nnspec: 1
name: small
task: regression
input: 4
layers: [{size: 5, activation: tanh}]
output: 2
weights: {init: he_normal, seed: 0}
"""
QUICK = ("--turns", "2", "--rows", "1,3")
PLUGIN = """
import os, sys
import nnspec

def noisy(plan):
    print("this is not for the protocol")
    from nnspec.engines.numpy.program import Program
    return Program(plan)

def broken(plan):
    raise RuntimeError("no luck\\nsecond line")

def dead(plan):
    print("last words", file=sys.stderr)
    sys.stderr.flush()
    os._exit(3)

@nnspec.hookimpl
def nnspec_engines():
    return [nnspec.Engine(f.__name__, f) for f in (noisy, broken, dead)]
"""

CUBE = """
import nnspec

@nnspec.hookimpl
def nnspec_activations():
    return [nnspec.Activation("cube", lambda x: x * x * x)]
"""


@pytest.fixture
def plugin(tmp_path):
    path = tmp_path / "engines.py"
    path.write_text(PLUGIN)
    return path


def test_a_table_of_engines_and_peers(call, spec):
    """A row: 2·4·5 and 5 sums, 5 calls of tanh, 2·5·2 and 2 sums, which is 72 operations."""
    done = call("bench", spec(SPEC), *QUICK)
    assert (done.status, done.err) == (0, "")
    names = [line.split()[1] for line in done.out.splitlines() if line[:5].strip() in {"1", "3"}]
    assert {"numpy", "numpy-by-hand", "matrix-products"} <= set(names)
    assert all(names.count(name) == 2 for name in names)
    assert "small, float32, 72 operations a row; medians of 2 turns" in done.out


def test_json_has_outputs_near_float64_and_names_what_is_missing(call, spec):
    done = call("bench", spec(SPEC), *QUICK, "--json")
    report = json.loads(done.out)
    for cell in report["cells"]:
        assert len(cell["seconds"]) == 2
        assert all(seconds > 0 for seconds in cell["seconds"])
        if cell["kind"] != "roof":
            assert cell["difference"] < 1e-6
    names = {cell["name"] for cell in report["cells"]}
    for peer in ("torch", "openvino", "onnxruntime"):
        if peer not in names:
            (missing,) = [one for one in report["left_out"] if one["name"] == peer]
            assert missing["reason"].startswith("not installed: pip install ")


def test_only_what_is_asked_for_is_measured(call, spec):
    path = spec(SPEC)
    done = call("bench", path, *QUICK, "--json", "--engine", "numpy", "--engine", "numpy-by-hand")
    report = json.loads(done.out)
    assert {cell["name"] for cell in report["cells"]} == {"numpy", "numpy-by-hand"}
    assert [ratio["rows"] for ratio in report["ratios"]] == [1, 3]


def test_a_spec_without_weights_gets_random_ones_and_says_so(call, spec):
    text = SPEC.replace("weights: {init: he_normal, seed: 0}\n", "")
    text = text.replace("input: 4", "input: {size: 4, normalize: {mean: mu, std: sigma}}")
    done = call("bench", spec(text), *QUICK, "--engine", "numpy")
    assert done.status == 0
    assert "names no weights: these are random" in done.out


def test_weights_of_a_file_are_used(call, spec, tmp_path):
    import numpy as np

    arrays = {"dense1.weight": np.full((4, 5), 1e6), "dense1.bias": np.zeros(5)}
    arrays |= {"output.weight": np.ones((5, 2)), "output.bias": np.zeros(2)}
    np.savez(tmp_path / "w.npz", **arrays)
    options = (*QUICK, "--engine", "numpy", "--json", "--weights", tmp_path / "w.npz")
    (one, _) = json.loads(call("bench", spec(SPEC), *options).out)["cells"]
    assert one["difference"] == 0  # every tanh is 1 or -1


def test_an_engine_that_prints_fails_or_dies_harms_no_other(call, spec, plugin):
    options = (*QUICK, "--json", "--plugin", plugin)
    for name in ("numpy", "noisy", "broken", "dead"):
        options += ("--engine", name)
    done = call("bench", spec(SPEC), *options)
    report = json.loads(done.out)
    assert {cell["name"] for cell in report["cells"]} == {"numpy", "noisy"}
    reasons = {one["name"]: one["reason"] for one in report["left_out"]}
    assert reasons == {
        "broken": "RuntimeError: no luck",
        "dead": "its process ended with status 3: last words",
    }


def test_an_activation_without_a_form_leaves_out_the_peers_that_need_one(call, spec, tmp_path):
    path = tmp_path / "cube.py"
    path.write_text(CUBE)
    done = call("bench", spec(SPEC.replace("tanh", "cube")), *QUICK, "--json", "--plugin", path)
    report = json.loads(done.out)
    measured = {cell["name"] for cell in report["cells"]}
    assert {"numpy", "numpy-by-hand", "matrix-products"} <= measured
    reasons = {one["name"]: one["reason"] for one in report["left_out"]}
    for peer, said in (
        ("onnxruntime", "no ONNX form"),
        ("openvino", "no ONNX form"),
        ("torch", "PyTorch has no 'cube'"),
    ):
        assert said in reasons[peer] or reasons[peer].startswith("not installed: ")


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="groups of processes are a matter of POSIX")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_bench_leaves_no_process_and_no_file(spec, tmp_path, number, status):
    """All are in a group of their own, which is gone once its last process is."""
    (tmp_path / "temporary").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "nnspec", "bench", spec(SPEC), "--turns", "1000"],
        env={**os.environ, "TMPDIR": str(tmp_path / "temporary")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    for _ in range(600):
        if list((tmp_path / "temporary").glob("nnspec-bench-*/expected")):
            break
        time.sleep(0.05)
    time.sleep(0.5)  # its processes start
    process.send_signal(number)
    _, said = process.communicate(timeout=30)
    assert (process.returncode, len(said.splitlines())) == (status, 1)
    assert not list((tmp_path / "temporary").iterdir())
    assert not living(process.pid)


def living(group):
    """Name the processes of a group, but for those that have ended and wait to be looked at."""
    listed = subprocess.run(
        ["ps", "-e", "-o", "pgid=,stat=,args="], capture_output=True, text=True, check=True
    )
    lines = [line.split(None, 2) for line in listed.stdout.splitlines()]
    return [words for words in lines if words[0] == str(group) and words[1][0] != "Z"]


def test_nothing_to_measure_is_an_error(call, spec, plugin):
    done = call("bench", spec(SPEC), *QUICK, "--plugin", plugin, "--engine", "broken")
    assert done.status == 1
    assert done.err == "nnspec: nothing to measure: broken: RuntimeError: no luck\n"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--engine", "nunpy"], "did you mean 'numpy'?"),
        (["--rows", "0"], "whole numbers from 1 on"),
        (["--rows", "1,x"], "whole numbers from 1 on"),
        (["--rows", "1000000000000"], "whole numbers from 1 on"),
        (["--rows", "999999999"], "are too many to measure; at most 134,217,728"),
        (["--turns", "0"], "0 is not in the range"),
        (["--plot", "bench.gif"], "the suffix names the format"),
    ],
)
def test_wrong_usage(call, spec, options, says):
    done = call("bench", spec(SPEC), *options)
    assert done.status == 2
    assert says in done.err


def test_a_faulty_spec_is_told_as_by_validate(call, spec):
    done = call("bench", spec(SPEC.replace("tanh", "tnah")))
    assert done.status == 1
    assert "error[unknown-activation]" in done.err


def test_a_figure(call, spec, tmp_path):
    pytest.importorskip("matplotlib")
    figure = tmp_path / "bench.svg"
    done = call("bench", spec(SPEC), *QUICK, "--engine", "numpy", "--plot", figure)
    assert done.status == 0
    assert "small, float32" in figure.read_text(encoding="utf-8")
