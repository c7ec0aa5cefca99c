"""Promises 27 and 28: twelve kinds of broken plugin are named, and stop only what uses them."""

from __future__ import annotations

import pytest
from corpus import SUM
from measured import run

PLUGIN = """
import numpy as np
import nnspec

def wave(x):
    return np.sin(x)

@nnspec.hookimpl
def nnspec_activations():
    return [nnspec.Activation("wave", wave)]
"""
USING = SUM.replace("layers: []", "layers: [{type: activation, activation: wave}]")
BODY = "return np.sin(x)"


def changed(old: str, new: str) -> str:
    assert old in PLUGIN
    return PLUGIN.replace(old, new)


AT_LOADING = {
    "import error": ("import no_such_module\n" + PLUGIN, "no_such_module"),
    "SystemExit": ("raise SystemExit(0)\n" + PLUGIN, "SystemExit"),
    "bad signature": (changed("nnspec_activations()", "nnspec_activations(session)"), "session"),
    "misspelt hook": (changed("nnspec_activations", "nnspec_activation"), "did you mean"),
    "None": (changed("return [nnspec.Activation", "return None and [nnspec.Activation"), "gave None"),
    "recursion": (changed("return [nnspec", "return nnspec_activations() or [nnspec"), "RecursionError"),
}  # fmt: skip
AT_USE = {
    "raises": (changed(BODY, "raise RuntimeError('no luck')"), "no luck"),
    "raises SystemExit": (changed(BODY, "raise SystemExit(0)"), "wave"),
    "wrong shape": (changed(BODY, "return np.sin(x)[:, :1]"), "broke its promise"),
    "wrong dtype": (changed(BODY, "return np.sin(x) > 0"), "broke its promise"),
    "gives None": (changed(BODY, "return None"), "broke its promise"),
    "mutates": (changed(BODY, "x += 1; return x"), "wave"),
    "recursion": (changed(BODY, "return wave(x)"), "RecursionError"),
}  # fmt: skip
HARMLESS = {
    "NaN": changed(BODY, "return x * np.nan"),
    "slow": changed(BODY, "import time; time.sleep(0.3); return np.sin(x)"),
    "warns": changed(BODY, "import warnings; warnings.warn('w', stacklevel=1); return np.sin(x)"),
}


def lay(folder, text):
    (folder / "plugin.py").write_text(text)
    (folder / "using.yaml").write_text(USING)
    (folder / "plain.yaml").write_text(SUM)


@pytest.mark.parametrize("kind", AT_LOADING)
def test_one_that_cannot_be_loaded_is_named_in_a_line(tmp_path, kind):
    text, said = AT_LOADING[kind]
    lay(tmp_path, text)
    found = run("run", "using.yaml", "[1, 2]", "--plugin", "plugin.py", cwd=tmp_path)
    assert found.status == 1
    assert "plugin.py" in found.err
    assert said in found.err
    assert "Traceback" not in found.err
    assert found.err.count("\n") == 1


@pytest.mark.parametrize("kind", AT_USE)
def test_one_that_fails_when_used_is_named_in_a_line(tmp_path, kind):
    text, said = AT_USE[kind]
    lay(tmp_path, text)
    found = run("run", "using.yaml", "[1, 2]", "--plugin", "plugin.py", cwd=tmp_path)
    assert found.status == 1, found.out
    assert "wave" in found.err
    assert said in found.err
    assert "Traceback" not in found.err
    assert found.err.count("\n") == 1


def test_one_that_fails_when_used_harms_no_other_spec(tmp_path):
    lay(tmp_path, AT_USE["raises"][0])
    other = run("run", "plain.yaml", "[1, 2]", "--plugin", "plugin.py", cwd=tmp_path)
    assert (other.status, other.out) == (0, "output0\n3.0\n")


@pytest.mark.parametrize("kind", HARMLESS)
def test_one_that_is_slow_loud_or_gives_nan_still_runs(tmp_path, kind):
    lay(tmp_path, HARMLESS[kind])
    found = run("run", "using.yaml", "[1, 2]", "--plugin", "plugin.py", cwd=tmp_path)
    assert found.status == 0, found.err
    assert "Traceback" not in found.err


def test_two_that_give_one_name_are_both_named_where_it_is_used(tmp_path):
    lay(tmp_path, PLUGIN)
    (tmp_path / "twin.py").write_text(PLUGIN)
    both = ("--plugin", "plugin.py", "--plugin", "twin.py")
    found = run("run", "using.yaml", "[1, 2]", *both, cwd=tmp_path)
    assert found.status == 1
    assert "plugin.py" in found.err
    assert "twin.py" in found.err
    assert run("run", "plain.yaml", "[1, 2]", *both, cwd=tmp_path).status == 0
