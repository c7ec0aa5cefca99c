"""What GitHub's runner would obey in the output of a step is never a spec's own text."""

from __future__ import annotations

import re
import subprocess

import numpy as np
import pytest
from corpus import Case
from corpus.specs_meaning import INIT
from measured import COMMAND, ENVIRONMENT, run

STEP = {**ENVIRONMENT, "GITHUB_ACTIONS": "true"}
SET, OLD = "::set-output name=a::b", "##[add-mask]b"
# A quoted text over several lines: a diff shows its lines as they are.
LINES = f'description: "a\n  {SET}\n\n  {OLD}"\n'
SPEC = (
    INIT.replace("regression", "multiclass")
    .replace("output: 1", f'output: {{size: 2, labels: ["{SET}", "{OLD}"]}}')
    .replace("nnspec: 1", f'nnspec: 1\nname: "{SET}{OLD}"')
) + LINES
BAD = f'nnspec: 1\ntask: binary\ninput: 2\nlayers: [{{size: 2, activation: "{OLD}"}}]\noutput: 1\n"{OLD}": 1\n"{SET}": 1\n'
FIXED = LINES + INIT.replace("task", "tsak")
NAMES = [SET, f"{OLD}.yaml", "  ::error::x"]
COMMANDS = [
    "validate bad.yaml", "validate bad.yaml --format json", "validate bad.yaml --format sarif", "validate bad.yaml --format junit",
    "validate folder", "validate fixed.yaml --fix --diff", "run bad.yaml [1,2]", "run spec.yaml [1,2]", "run spec.yaml [1,2] --emit labels",
    "run spec.yaml [1,2] --preview", "show spec.yaml", "show spec.yaml --format json", "trace bad.yaml [1,2]", "trace spec.yaml [1,2]",
    "test bad.yaml", "render bad.yaml", "render spec.yaml",
    "diff spec.yaml other.yaml", f"explain {OLD}", f"run spec.yaml {OLD}.npy", f"show {OLD}", f"validate --format {OLD}=x bad.yaml",
    f"new {OLD}.yaml", f"{OLD}",
]  # fmt: skip


def obeyed(output: str) -> list[str]:
    """Find the lines that ActionCommand.TryParseV2 and TryParse take for commands."""
    lines = re.split(r"\r\n|\r|\n", output)
    return [line for line in lines if line.lstrip().startswith("::") or "##[" in line]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("step")
    other = SPEC.replace("layers: []", "layers: [{size: 2, activation: relu}]").replace(
        SET, f"{SET}c"
    )
    files = {"spec.yaml": SPEC, "bad.yaml": BAD, "fixed.yaml": FIXED, "other.yaml": other}
    Case("", {**files, **{f"folder/{name}.yaml": BAD for name in NAMES}}, 0).lay(folder)
    np.save(folder / "x.npy", np.ones((3, 2)))
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_prints_what_the_runner_obeys(folder, command):
    found = run(*command.split(" "), cwd=folder, environment=STEP)
    assert "Traceback" not in found.err
    assert found.out + found.err
    assert obeyed(found.out + found.err) == []


def test_annotations_are_commands_still(folder):
    found = run("validate", "bad.yaml", "--format", "github", cwd=folder, environment=STEP)
    assert found.out
    assert obeyed(found.out) == found.out.splitlines()
    assert all(line.startswith("::error file=bad.yaml,line=") for line in found.out.splitlines())


@pytest.mark.parametrize(
    "command", ["render spec.yaml", "validate fixed.yaml --fix --diff", "run spec.yaml [1,2]"]
)
def test_a_file_gets_the_text_as_it_is(folder, command):
    """Nobody obeys what stands in a file; and a patch with a space more would not fit."""
    texts = []
    for environment in (STEP, ENVIRONMENT):
        with (folder / "out").open("wb") as out:
            subprocess.run([*COMMAND, *command.split()], cwd=folder, env=environment, stdout=out, stderr=subprocess.PIPE, check=False)  # fmt: skip
        texts.append((folder / "out").read_bytes())
    assert texts[0] == texts[1]
    assert b"\xe2\x80\x8b" not in texts[0]
