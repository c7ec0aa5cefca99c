"""`nnspec plugins` tells who gives what, and what is wrong with whom."""

from __future__ import annotations

import json

import nnspec

PLUGIN = """
import nnspec

@nnspec.hookimpl
def nnspec_activations():
    return [nnspec.Activation({name!r}, lambda x: x * 2)]
"""


def test_built_in_parts_are_a_plugin_like_any_other(call):
    out = call("plugins").out
    assert out.splitlines()[2].split()[:3] == ["nnspec", nnspec.__version__, "loaded"]
    assert "relu" in out
    assert "batchnorm" in out


def test_a_loose_file_is_listed_with_what_it_gives(call, tmp_path):
    (tmp_path / "twice.py").write_text(PLUGIN.format(name="twice"))
    done = call("plugins", "--plugin", tmp_path / "twice.py", "--json")
    plugin = json.loads(done.out)["plugins"][-1]
    assert plugin["name"] == str(tmp_path / "twice.py")
    assert plugin["status"] == "loaded"
    assert plugin["hooks"] == ["nnspec_activations"]
    assert plugin["provides"] == [["activation", "twice"]]


def test_two_that_claim_one_name_are_both_named(call, tmp_path):
    (tmp_path / "mine.py").write_text(PLUGIN.format(name="relu"))
    done = call("plugins", "--plugin", tmp_path / "mine.py")
    line = next(line for line in done.out.splitlines() if line.startswith("conflict"))
    assert "activation relu" in line
    assert f"nnspec {nnspec.__version__}" in line
    assert "mine.py" in line


def test_one_that_cannot_be_loaded_ends_the_command(call, tmp_path):
    (tmp_path / "broken.py").write_text("1 / 0")
    done = call("plugins", "--plugin", tmp_path / "broken.py")
    assert done.status == 1
    assert "broken.py" in done.err
    assert "ZeroDivisionError" in done.err
